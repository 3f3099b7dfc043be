// A multipart form taken apart while it arrives: files of any size need no memory.

#pragma once

#include "http/omero/multipart.hpp"

#include <functional>

namespace troupe::http::omero {

/// Who gets the parts, one after the other.
struct part_taker {
  std::function<void(const form_part&)> begin; ///< its content is not there yet
  std::function<void(std::string_view)> more;  ///< piece of the content
  std::function<void()> end;
};

class multipart_reader {
public:
  /// @param type  the Content-Type with its boundary.
  /// @throws failure{bad_request} without one.
  multipart_reader(std::string_view type, part_taker taker);

  /// @throws failure{bad_request} when it is not what the boundary says.
  void feed(std::string_view bytes);
  /// @throws failure{bad_request} when the end is missing.
  void finish() const;

private:
  enum class state { before, line_end, head, content, done };
  bool step();
  bool skip_to_boundary();
  bool read_line_end();
  bool read_head();

  std::string boundary_; ///< with the line end before it
  part_taker taker_;
  std::string rest_ = "\r\n"; ///< not taken apart yet
  state at_ = state::before;
  size_t parts_ = 0;
};

} // namespace troupe::http::omero
