// Which format a fuzzer is of: the rest of them all is compiled once.

extern const char* const fuzzed_format;
const char* const fuzzed_format = TROUPE_FUZZED_FORMAT;
