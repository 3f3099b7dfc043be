# Sourced: configures and builds the engine with clang, AddressSanitizer,
# UndefinedBehaviorSanitizer and the fuzzer's coverage, in $instrumented.

# build_instrumented SOURCE TARGET...
build_instrumented() {
  local source_dir=$1
  shift
  instrumented=${TROUPE_INSTRUMENTED_BUILD:-$source_dir/build-instrumented}
  unset TROUPE_INSTRUMENTED_BUILD
  cmake -S "$source_dir" -B "$instrumented" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo \
    -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_CXX_FLAGS_RELWITHDEBINFO="-O1 -g1" -DTROUPE_UI=OFF \
    -DTROUPE_SANITIZE=address,undefined -DTROUPE_FUZZ=ON -DTROUPE_TOGETHER=ON >/dev/null
  ninja -C "$instrumented" "$@"
  export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1
}
