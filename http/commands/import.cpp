#include "http/client/api_client.hpp"
#include "http/commands/commands.hpp"
#include "http/commands/import_progress_line.hpp"
#include "storage/failure.hpp"
#include "storage/files/managed.hpp"
#include "storage/formats/format.hpp"

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

struct candidate {
  fs::path file;
  int64_t bytes = 0;
};

/// What the walk found, and what it passed over and why.
struct selection {
  std::vector<candidate> files;
  std::vector<std::pair<std::string, std::string>> skipped, refused;
};

/// @returns why the file is no image, or nothing.
std::string objection(const fs::path& file) {
  try {
    formats::format_of(file);
    return "";
  } catch (const failure& e) {
    return std::string{e.what()}.substr(file.filename().string().size() + 2);
  }
}

selection select(const std::vector<std::string>& paths) {
  selection out;
  auto consider = [&](const fs::path& file, auto& unwanted) {
    if (auto why = objection(file); !why.empty())
      unwanted.emplace_back(file.string(), why);
    else
      out.files.push_back({file, static_cast<int64_t>(fs::file_size(file))});
  };
  for (auto& p : paths) {
    std::error_code error;
    if (fs::is_directory(p, error)) {
      std::vector<fs::path> found;
      for (auto& e : fs::recursive_directory_iterator{
             p, fs::directory_options::skip_permission_denied})
        if (e.is_regular_file(error))
          found.push_back(e.path());
      std::sort(found.begin(), found.end());
      for (auto& f : found)
        consider(f, out.skipped);
    } else if (fs::is_regular_file(p, error)) {
      consider(p, out.refused);
    } else {
      out.refused.emplace_back(p, "no such file");
    }
  }
  return out;
}

/// Sends files and tells how each one ended.
class importer {
public:
  importer(api_client& api, const words& w, const selection& what)
    : api_{api},
      words_{w},
      line_{what.files.size(), total(what), w.as_json} {}

  void skip(const std::string& path, const std::string& why) {
    tell({{"path", path}, {"skipped", why}}, fmt::format("skipped  {}: {}", path, why));
  }

  void refuse(const std::string& path, const std::string& why) {
    ++failed_;
    tell({{"path", path}, {"error", why}}, fmt::format("failed   {}: {}", path, why));
  }

  void add(const candidate& c) {
    try {
      pending_.push_back(
        {c.file.string(), words_.in_place ? register_in_place(c) : upload(c)});
    } catch (const failure& e) {
      if (e.code == errc::signed_out)
        throw;
      refuse(c.file.string(), e.what());
    }
    line_.file_sent();
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
    for (auto& f : what.files)
      n += f.bytes;
    return n;
  }

  json target(json body) const {
    if (!words_.project.empty())
      body["project"] = words_.project;
    if (!words_.dataset.empty())
      body["dataset"] = words_.dataset;
    return body;
  }

  int64_t register_in_place(const candidate& c) {
    auto body = target({{"inPlace", {fs::absolute(c.file).string()}}});
    return api_.post("/api/v1/imports", body).at("id");
  }

  int64_t upload(const candidate& c) {
    std::atomic<bool> never{false};
    auto hash = to_hex(sha256_of_file(c.file, never, [](int64_t) {}));
    auto body =
      target({{"files", {{{"path", c.file.filename().string()}, {"bytes", c.bytes}}}}});
    int64_t id = api_.post("/api/v1/imports", body).at("id");
    send(fmt::format("/api/v1/imports/{}/files/0", id), c);
    api_.post(fmt::format("/api/v1/imports/{}/commit", id),
              {{"files", {{{"index", 0}, {"sha256", hash}}}}});
    return id;
  }

  /// A broken connection costs what was not yet written; ten in a row end it.
  void send(const std::string& path, const candidate& c) {
    int64_t at = 0;
    for (int broken = 0; at < c.bytes;) {
      try {
        auto size = std::min(chunk, c.bytes - at);
        api_.send(path, c.file, at, size, [this](int64_t n) { line_.add_bytes(n); });
        at += size;
        broken = 0;
      } catch (const failure& e) {
        if ((e.code != errc::unavailable && e.code != errc::conflict) || ++broken > 10)
          throw;
        std::this_thread::sleep_for(200ms * broken);
        auto there = api_.offset(path);
        line_.add_bytes(there - at);
        at = there;
      }
    }
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
    for (auto& result : end.at("results"))
      if (result.contains("images")) {
        ++imported_;
        std::string ids;
        for (auto& image : result["images"])
          ids += fmt::format(" {}", image["id"].get<int64_t>());
        return tell({{"path", path}, {"images", result["images"]}},
                    fmt::format("imported {}: image{}", path, ids));
      }
    auto why = end.at("error").is_string() ? end["error"].get<std::string>()
                                           : end.at("state").get<std::string>();
    refuse(path, why);
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
    auto what = select(w->paths);
    importer work{api, *w, what};
    for (auto& [path, why] : what.skipped)
      work.skip(path, why);
    for (auto& [path, why] : what.refused)
      work.refuse(path, why);
    if (what.files.empty() && what.refused.empty())
      throw failure{errc::not_found, "no image found"};
    for (auto& c : what.files)
      work.add(c);
    return work.finish();
  };
}

} // namespace troupe::http
