// What parent and child of an inspection agree on: arguments and lines of JSON.

#pragma once

#include "storage/failure.hpp"
#include "storage/inspect/inspection.hpp"

#include <string>
#include <vector>

namespace troupe {

/// Not under AddressSanitizer, which maps terabytes. (TROUPE_SANITIZE is the build's.)
#if defined(TROUPE_SANITIZE)
constexpr bool memory_can_be_limited = false;
#else
constexpr bool memory_can_be_limited = true;
#endif

/// Which program answers "inspect --child ..."; at first this one, /proc/self/exe.
/// To be called before the first inspection.
void set_inspector_program(const std::filesystem::path& program);

/// {"inspect", "--child", "--file", F, "--measure-up-to", bytes, "--deadline", seconds,
///  "--memory-limit", bytes}, and for a derivation {"--derive", folder, "--series", n,
///  "--derive-limit", bytes}
std::vector<std::string> inspector_arguments(const inspection_request& what);

/// Environment variable of a child: the process that waits for it. A program that does
/// not know "inspect", and does all it usually does instead, must not start inspections
/// without end; so whoever has the mark starts none.
constexpr auto inspector_mark = "TROUPE_INSPECTOR";

/// A line of the child's output, without its newline: progress, a result, or an error.
std::string progress_line(double done);
std::string result_line(const inspection& x);
std::string error_line(const failure& e, bool no_image = false);

/// What a child has said so far.
struct child_answer {
  double progress = 0;
  std::optional<inspection> result;
  std::optional<failure> error;
  bool no_image = false; ///< the error is formats::no_image
  /// Takes one line. @throws failure{internal} when it is no such line.
  void take(const std::string& line);
};

/// Forgoes everything a decoder does not need: memory, time, files, new rights, and life
/// after the parent's death.
void restrict_this_process(const inspection_request& what);

} // namespace troupe
