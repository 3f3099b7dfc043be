// Asks a running server, as one signed-in person.

#pragma once

#include <httplib.h>
#include <nlohmann/json.hpp>

#include <string>

namespace troupe::test {

using nlohmann::json;

struct answer {
  int status = 0; ///< 0: no answer
  std::string body;
  httplib::Headers headers;

  /// @throws std::runtime_error when the body is no JSON.
  json document() const;
  std::string header(const std::string& name) const;
  bool has(const std::string& name) const { return headers.contains(name); }
};

/// Copies speak over a connection of their own, so each thread takes one.
class api {
public:
  explicit api(std::string url, std::string token = "");
  api(const api& other) : api{other.url_, other.token_} {}

  const std::string& token() const { return token_; }

  answer get(const std::string& path, httplib::Headers more = {});
  answer head(const std::string& path);
  /// Any other method, also those that only some faces know.
  answer send(const std::string& method, const std::string& path,
              httplib::Headers more = {}, const std::string& body = "");
  answer post(const std::string& path, const json& body = json::object(),
              httplib::Headers more = {});
  answer put(const std::string& path, const json& body);
  answer change(const std::string& path, const json& body); ///< PATCH
  /// Bytes of an upload.
  answer patch(const std::string& path, const std::string& bytes, int64_t offset);
  answer remove(const std::string& path, httplib::Headers more = {});

  /// The document of a request that must succeed.
  /// @throws std::runtime_error with status and body otherwise.
  json read(const std::string& path);
  json make(const std::string& path, const json& body);

private:
  httplib::Headers with_token(httplib::Headers more) const;

  std::string url_, token_;
  httplib::Client http_;
};

/// What an import is told besides the file.
struct target {
  json project = nullptr, dataset = nullptr;
  int64_t group = 0; ///< 0: where the person's new things go
};

/// Sends the bytes in one piece. @returns the import's id; it is not committed yet.
int64_t upload(api& who, const std::string& name, const std::string& bytes,
               const target& into = {});
/// @returns the import once it has ended, however it did.
json wait_for_end(api& who, int64_t import);
/// upload, commit, wait_for_end.
json import_bytes(api& who, const std::string& name, const std::string& bytes,
                  const target& into = {});
/// @returns the first image. @throws std::runtime_error when the import failed.
int64_t import_image(api& who, const std::string& name, const std::string& bytes,
                     const target& into = {});

/// What /pixels gives. @param where  "z=0&c=1&t=0".
std::string pixels(api& who, int64_t image, const std::string& where);

/// @returns the actor's entry of /api/v1/status, null when there is none.
json actor(const json& status, const std::string& name);
/// @returns the entry of that name in one of its lists: "queues", "caches".
json entry(const json& status, const std::string& list, const std::string& name);

std::string sha256(const std::string& bytes);
std::string escaped(const std::string& text); ///< for a query

} // namespace troupe::test
