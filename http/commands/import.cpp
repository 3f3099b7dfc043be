#include "http/client/api_client.hpp"
#include "http/commands/commands.hpp"
#include "http/commands/import_progress_line.hpp"
#include "http/commands/import_selection.hpp"
#include "storage/failure.hpp"
#include "storage/files/digest_stream.hpp"

#include <fmt/format.h>

#include <deque>
#include <fstream>
#include <thread>

namespace troupe::http {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using namespace std::chrono_literals;

constexpr int64_t chunk = 64 << 20; ///< bytes in one request
constexpr size_t most_pending = 16; ///< imports the server works on while we send more

struct words {
  std::string server = "http://127.0.0.1:4080", login, password_file, token, project,
              dataset;
  bool as_json = false, in_place = false;
  std::vector<std::string> paths;
};

/// The digest of a file that may be sent in part more than once.
class sent_bytes {
public:
  void go_on_at(int64_t position) { position_ = position; }
  void add(const char* data, size_t size) {
    const auto known =
      static_cast<size_t>(std::clamp<int64_t>(hashed_ - position_, 0, int64_t(size)));
    sum_.add(data + known, size - known);
    position_ += static_cast<int64_t>(size);
    hashed_ = std::max(hashed_, position_);
  }
  int64_t position() const { return position_; }
  std::string sha256() const { return to_hex(sum_.value()); }

private:
  digest_stream sum_;
  int64_t position_ = 0, hashed_ = 0;
};

/// Sends filesets and tells how each one ended.
class importer {
public:
  importer(api_client& api, const words& w, const selection& what)
    : api_{api},
      words_{w},
      line_{what.parcels.size(), total(what), w.as_json} {}

  void skip(const std::string& path, const std::string& why) {
    tell({{"path", path}, {"skipped", why}}, fmt::format("skipped  {}: {}", path, why));
  }

  void refuse(const std::string& path, const std::string& why) {
    ++failed_;
    tell({{"path", path}, {"error", why}}, fmt::format("failed   {}: {}", path, why));
  }

  void add(const parcel& p) {
    try {
      pending_.push_back(
        {p.shown.string(), words_.in_place ? register_in_place(p) : upload(p)});
    } catch (const failure& e) {
      if (e.code == errc::signed_out)
        throw;
      refuse(p.shown.string(), e.what());
    }
    line_.image_sent();
    while (pending_.size() > most_pending)
      settle();
  }

  int finish() {
    while (!pending_.empty())
      settle();
    line_.say(fmt::format("{} imported, {} failed", imported_, failed_));
    return failed_ == 0 ? all_done : imported_ == 0 ? nothing_done : partly_done;
  }

private:
  static int64_t total(const selection& what) {
    int64_t n = 0;
    for (auto& p : what.parcels)
      n += p.bytes();
    return n;
  }

  json target(json body) const {
    if (!words_.project.empty())
      body["project"] = words_.project;
    if (!words_.dataset.empty())
      body["dataset"] = words_.dataset;
    return body;
  }

  int64_t register_in_place(const parcel& p) {
    auto body = target({{"inPlace", {fs::absolute(p.shown).string()}}});
    return api_.post("/api/v1/imports", body).at("id");
  }

  int64_t upload(const parcel& p) {
    auto files = json::array(), hashes = json::array();
    for (auto& part : p.parts)
      files.push_back({{"path", part.sent_as}, {"bytes", part.bytes}});
    int64_t id = api_.post("/api/v1/imports", target({{"files", files}})).at("id");
    for (size_t i = 0; i < p.parts.size(); ++i)
      hashes.push_back({{"index", i},
                        {"sha256", send(fmt::format("/api/v1/imports/{}/files/{}", id, i),
                                        p.parts[i])}});
    api_.post(fmt::format("/api/v1/imports/{}/commit", id), {{"files", hashes}});
    return id;
  }

  /// A broken connection costs what was not yet written; ten in a row end it.
  /// @returns the SHA-256 of what was sent.
  std::string send(const std::string& path, const parcel::part& file) {
    sent_bytes sent;
    int64_t at = 0;
    for (int broken = 0; at < file.bytes;) {
      try {
        auto size = std::min(chunk, file.bytes - at);
        sent.go_on_at(at);
        api_.send(path, file.file, at, size, [&](const char* data, size_t n) {
          sent.add(data, n);
          line_.add_bytes(static_cast<int64_t>(n));
        });
        at += size;
        broken = 0;
      } catch (const failure& e) {
        if ((e.code != errc::unavailable && e.code != errc::conflict) || ++broken > 10)
          throw;
        std::this_thread::sleep_for(200ms * broken);
        at = api_.offset(path);
        line_.add_bytes(at - sent.position());
      }
    }
    return sent.sha256();
  }

  /// Waits for the oldest import to end.
  void settle() {
    auto [path, id] = pending_.front();
    pending_.pop_front();
    for (;;) {
      auto now = api_.get(fmt::format("/api/v1/imports/{}", id));
      std::string state = now.at("state");
      if (state == "done" || state == "failed" || state == "cancelled")
        return tell_end(path, now);
      std::this_thread::sleep_for(50ms);
      line_.show();
    }
  }

  void tell_end(const std::string& path, const json& end) {
    auto images = json::array();
    std::string line = fmt::format("imported {}: image", path), warnings;
    for (auto& result : end.at("results"))
      if (result.contains("images")) {
        for (auto& image : result["images"]) {
          line += fmt::format(" {}", image["id"].get<int64_t>());
          images.push_back(image);
        }
        for (auto& warning : result.at("warnings"))
          warnings += "\n  " + warning.get<std::string>();
      }
    if (!images.empty()) {
      ++imported_;
      return tell({{"path", path}, {"images", images}}, line + warnings);
    }
    refuse(path, end.at("error").is_string() ? end["error"].get<std::string>()
                                             : end.at("state").get<std::string>());
  }

  void tell(const json& object, const std::string& line) {
    if (words_.as_json) {
      fmt::print("{}\n", object.dump(-1, ' ', false, json::error_handler_t::replace));
      std::fflush(stdout);
    } else {
      line_.say(line);
    }
  }

  api_client& api_;
  const words& words_;
  import_progress_line line_;
  std::deque<std::pair<std::string, int64_t>> pending_;
  int64_t imported_ = 0, failed_ = 0;
};

void enter(api_client& api, const words& w) {
  if (!w.token.empty())
    return api.use_token(w.token);
  std::ifstream in{w.password_file};
  std::string password;
  if (w.login.empty() || !std::getline(in, password))
    throw failure{errc::bad_request,
                  "give --token, or --login and a --password-file that can be read"};
  api.sign_in(w.login, password);
}

} // namespace

std::function<int()> add_import(CLI::App& verb) {
  auto w = std::make_shared<words>();
  verb.add_option("paths", w->paths, "image files and folders")->required();
  verb.add_option("--server", w->server, "the server's address");
  verb.add_option("--login", w->login, "who imports");
  verb.add_option("--password-file", w->password_file, "holds the password");
  verb.add_option("--token", w->token, "a session's token instead");
  verb.add_option("--project", w->project, "id or name, made when absent");
  verb.add_option("--dataset", w->dataset, "id or name, made when absent");
  verb.add_flag("--json", w->as_json, "one JSON object a line on stdout");
  verb.add_flag("--in-place", w->in_place,
                "register files the server can read itself (administrators)");
  return [w] {
    api_client api{w->server};
    enter(api, *w);
    auto what = select_images(w->paths);
    importer work{api, *w, what};
    for (auto& [path, why] : what.skipped)
      work.skip(path, why);
    for (auto& [path, why] : what.refused)
      work.refuse(path, why);
    if (what.parcels.empty() && what.refused.empty())
      throw failure{errc::not_found, "no image found"};
    for (auto& p : what.parcels)
      work.add(p);
    return work.finish();
  };
}

} // namespace troupe::http
