#include "storage/failure.hpp"
#include "storage/inspect/child.hpp"
#include "storage/inspect/inspection_json.hpp"
#include "tests/unit/storage/tiff_writer.hpp"

#include <cmath>
#include <csignal>
#include <doctest/doctest.h>
#include <limits>
#include <new>
#include <sys/mman.h>
#include <thread>
#include <unistd.h>

using namespace troupe;
using namespace troupe::test;

namespace {

std::vector<std::string> arguments_of_this_process() {
  std::vector<std::string> arguments;
  std::ifstream in{"/proc/self/cmdline", std::ios::binary};
  for (std::string argument; std::getline(in, argument, '\0');)
    arguments.push_back(argument);
  return arguments;
}

/// Files of these names make the child misbehave the way a bad decoder would.
void misbehave(const inspection_request& what) {
  const auto name = what.file.filename().string();
  if (name == "crash") {
    std::signal(SIGSEGV, SIG_DFL); // sanitizers would report and exit
    std::raise(SIGSEGV);
  }
  if (name == "hang" || name == "busy") {
    restrict_this_process(what);
    while (name == "busy" || ::pause() != 0) {
    }
  }
  if (name == "greedy") {
    restrict_this_process(what);
    if (::mmap(nullptr, size_t{1} << 30, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        == MAP_FAILED)
      ::_exit(7);
  }
  if (name == "silent")
    ::_exit(0);
  if (name == "chatty")
    for (const std::string line(100000, 'x');;)
      if (::write(STDOUT_FILENO, line.data(), line.size()) < 0)
        ::_exit(1);
}

/// This program started again as "inspect --child ..." is the child of an inspection.
struct inspector : doctest::IReporter {
  explicit inspector(const doctest::ContextOptions&) {}
  void test_run_start() override {
    const auto arguments = arguments_of_this_process();
    if (arguments.size() < 2 || arguments[1] != "inspect")
      return;
    if (arguments.size() != 11)
      ::_exit(2);
    const inspection_request what{.file = arguments[4],
                                  .measure_up_to = std::stoll(arguments[6]),
                                  .deadline =
                                    std::chrono::seconds{std::stoll(arguments[8])},
                                  .memory_limit = std::stoll(arguments[10])};
    misbehave(what);
    ::_exit(inspect_child_main(what));
  }
  void report_query(const doctest::QueryData&) override {}
  void test_run_end(const doctest::TestRunStats&) override {}
  void test_case_start(const doctest::TestCaseData&) override {}
  void test_case_reenter(const doctest::TestCaseData&) override {}
  void test_case_end(const doctest::CurrentTestCaseStats&) override {}
  void test_case_exception(const doctest::TestCaseException&) override {}
  void subcase_start(const doctest::SubcaseSignature&) override {}
  void subcase_end() override {}
  void log_assert(const doctest::AssertData&) override {}
  void log_message(const doctest::MessageData&) override {}
  void test_case_skipped(const doctest::TestCaseData&) override {}
};
REGISTER_LISTENER("inspector", 1, inspector);

const std::atomic<bool> never{false};

std::string inspection_refusal(const inspection_request& what,
                               const std::atomic<bool>& cancelled = never) {
  try {
    inspect_in_child(what, cancelled, {});
  } catch (const failure& e) {
    return to_string(e.code) + ": " + e.what();
  }
  return "";
}

} // namespace

TEST_CASE("inspection: the child measures every channel over all planes") {
  const scratch_folder folder;
  const tiff_page low{.bits = 16, .seed = 1}, high{.bits = 16, .seed = 9};
  const auto file = write_tiff(folder / "a.tif", {low, high});
  double progress = 0;
  const auto x =
    inspect_in_child({.file = file}, never, [&](double done) { progress = done; });
  CHECK(x.what.images.at(0).size == dimensions{40, 30, 2, 1, 1});
  REQUIRE(x.measured.size() == 1);
  CHECK(x.measured[0].channels.at(0).min == 11);
  CHECK(x.measured[0].channels.at(0).max == 39 * 3 + 29 * 307 + 99);
  CHECK(x.estimated.empty());
  CHECK(progress > 0);
}

TEST_CASE("inspection: what is too large to measure is probed and estimated") {
  const scratch_folder folder;
  const auto x = inspect_here(
    {.file = write_tiff(folder / "a.tif", {tiff_page{.seed = 0}, tiff_page{.seed = 5}}),
     .measure_up_to = 100},
    [](double) {});
  CHECK(x.measured.empty());
  REQUIRE(x.estimated.size() == 1);
  CHECK(x.estimated[0].channels.at(0).min == 0); // of the first plane, the middle of two
}

TEST_CASE("inspection: a file no reader takes is refused with the reason") {
  const scratch_folder folder;
  CHECK(inspection_refusal({.file = write_file(folder / "a.tif", "")})
        == "unreadable: a.tif: the file is empty");
  CHECK(
    inspection_refusal({.file = folder / "absent"}).starts_with("not-found: absent: "));
  auto broken =
    text_of(write_tiff(folder / "b.tif", {tiff_page{.compression = COMPRESSION_LZW}}));
  for (size_t i = 8; i < 100; ++i)
    broken[i] = static_cast<char>(0xff);
  CHECK(inspection_refusal({.file = write_file(folder / "b.tif", broken)})
          .starts_with("unreadable: b.tif: its pixels cannot be decoded: "));
}

TEST_CASE(
  "inspection: a decoder that crashes, hangs or says nothing refuses its file only") {
  using namespace std::chrono_literals;
  CHECK(inspection_refusal({.file = "/x/crash"})
        == "unreadable: crash: the decoder crashed (SIGSEGV)");
  CHECK(inspection_refusal({.file = "/x/hang", .deadline = 1s})
        == "unreadable: hang: decoding it takes longer than 1 s");
  CHECK(inspection_refusal({.file = "/x/silent"})
        == "unreadable: silent: the decoder ended without an answer (exit code 0)");
  CHECK(inspection_refusal({.file = "/x/chatty"})
        == "unreadable: chatty: it has too much metadata");
}

TEST_CASE("inspection: the child cannot have more memory than it was given") {
  if (memory_can_be_limited)
    CHECK(inspection_refusal({.file = "/x/greedy", .memory_limit = 512 << 20})
            .find("exit code 7")
          != std::string::npos);
}

TEST_CASE("inspection: cancelling kills the child at once") {
  std::atomic<bool> cancelled{false};
  std::thread canceller{[&] {
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
    cancelled = true;
  }};
  const auto start = std::chrono::steady_clock::now();
  CHECK(inspection_refusal({.file = "/x/busy"}, cancelled) == "gone: busy: cancelled");
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds{5});
  canceller.join();
}

TEST_CASE("inspection: an inspection never starts another") {
  ::setenv("TROUPE_INSPECTOR", "1", 1);
  CHECK(inspection_refusal({.file = "/x/a"})
        == "internal: a: an inspection inside an inspection");
  ::unsetenv("TROUPE_INSPECTOR");
}

TEST_CASE("inspection: works whatever the process does with SIGCHLD") {
  const scratch_folder folder;
  const auto file = write_tiff(folder / "a.tif", {tiff_page{}});
  const auto before = std::signal(SIGCHLD, SIG_IGN);
  CHECK(inspection_refusal({.file = file}) == "");
  std::signal(SIGCHLD, before);
}

TEST_CASE("inspection: goes through JSON and back unchanged") {
  const auto infinity = std::numeric_limits<double>::infinity();
  inspection x;
  x.what.format = "OME-TIFF";
  x.what.facts = {{"Creator", "a \"quoted\" one"}, {"Creator", "twice"}};
  formats::series s;
  s.name = "cells <b>";
  s.description = "lines\n細胞";
  s.size = {1, 2, 3, 4, 5};
  s.type = pixel_type::float32;
  s.significant_bits = 12;
  s.rgb = true;
  s.dimension_order = "XYTCZ";
  s.physical_x = formats::quantity{0.1, "µm"};
  s.acquired = "2020-02-03T04:05:06Z";
  s.channels = {{"DNA", rgba{1, 2, 3, 4}, 461.5, std::nullopt}, {}};
  s.levels = {{1, 2}, {3, 4}};
  s.tile = {5, 6};
  s.planes = {{1, 2, 3, 0.5, std::nullopt, -1.0, std::nullopt, 1e300}};
  x.what.images = {s, {}};
  x.measured = {{{{-infinity, infinity}, {0.1, 1e-300}}}, {}};
  x.estimated = {{{{std::nan(""), 3}}}};
  const auto text = to_json(x);
  CHECK(text.find('\n') == std::string::npos);
  const auto y = inspection_of_json(text);
  CHECK(to_json(y) == text);
  CHECK(y.what.facts == x.what.facts);
  CHECK(y.what.images[0].size == s.size);
  CHECK(y.what.images[0].physical_x == s.physical_x);
  CHECK(y.what.images[0].channels[0].color == s.channels[0].color);
  CHECK(y.what.images[0].channels[0].emission == 461.5);
  CHECK(y.what.images[0].planes[0].z_position == 1e300);
  CHECK(y.measured[0].channels[0].min == -infinity);
  CHECK(std::isnan(y.estimated[0].channels[0].min));
  CHECK_THROWS_AS(inspection_of_json("{}"), failure);
  CHECK_THROWS_AS(inspection_of_json("not JSON"), failure);
}
