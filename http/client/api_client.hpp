// Speaks to a Troupe server's API: what `troupe import` is made of.

#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace troupe::http {

class api_client {
public:
  /// @param server  "http://127.0.0.1:4080"
  explicit api_client(const std::string& server);
  ~api_client();

  void use_token(const std::string& token);
  /// @throws failure{signed_out}, {throttled}, {unavailable}.
  void sign_in(const std::string& login, const std::string& password);

  /// A refused request throws failure with the server's detail; an unreachable or busy
  /// server failure{unavailable}, after a few attempts.
  nlohmann::json get(const std::string& path);
  nlohmann::json post(const std::string& path, const nlohmann::json& body);

  /// How many bytes of a file the server has.
  int64_t offset(const std::string& path);
  /// Sends bytes from..from+size of a file. @param leaving  called before they do.
  /// @throws failure{unavailable} when the connection broke: ask offset() and go on.
  void send(const std::string& path, const std::filesystem::path& file, int64_t from,
            int64_t size,
            const std::function<void(const char* data, size_t bytes)>& leaving);

private:
  struct connection;
  std::unique_ptr<connection> connection_;
};

} // namespace troupe::http
