// Signals as events of the main thread. Blocked everywhere else.

#pragma once

namespace troupe::http {

class signal_inbox {
public:
  /// Blocks the signals for this thread and those it starts; ignores SIGPIPE.
  signal_inbox();
  ~signal_inbox();
  signal_inbox(const signal_inbox&) = delete;
  signal_inbox& operator=(const signal_inbox&) = delete;

  enum class news { stop, child, event, none };
  /// @param descriptor  becomes readable for `event`.
  /// @param patience  ms, -1 = for ever; then `none`.
  news wait(int descriptor, int patience);

private:
  int fd_ = -1;
};

} // namespace troupe::http
