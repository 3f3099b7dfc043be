#include "http/settings.hpp"

#include "schema/queries/downloads.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <numeric>
#include <regex>
#include <set>
#include <sstream>

extern char** environ;

namespace troupe::http {

namespace {

/// Names in the environment that are no settings.
const std::set<std::string> reserved{"TROUPE_ROOT_PASSWORD", "TROUPE_TEST_DATA",
                                     "TROUPE_GOLDEN", "TROUPE_TEST_DATABASE",
                                     "TROUPE_FAULT_POINT"};

setting text(const char* key, const char* help, std::string configuration::*field) {
  return {key, help, [=](configuration& c, const std::string& v) { c.*field = v; },
          [=](const configuration& c) { return c.*field; }};
}

setting path(const char* key, const char* help,
             std::filesystem::path configuration::*field) {
  return {key, help, [=](configuration& c, const std::string& v) { c.*field = v; },
          [=](const configuration& c) { return (c.*field).string(); }};
}

setting whole(const char* key, const char* help, int64_t configuration::*field,
              int64_t least, int64_t most) {
  return {key, help,
          [=](configuration& c, const std::string& v) {
            int64_t n = 0;
            auto [end, error] = std::from_chars(v.data(), v.data() + v.size(), n);
            if (v.empty() || error != std::errc{} || end != v.data() + v.size()
                || n < least || n > most)
              throw failure{
                errc::bad_request,
                fmt::format("{} is \"{}\", it must be a whole number from {} to {}", key,
                            v, least, most)};
            c.*field = n;
          },
          [=](const configuration& c) { return std::to_string(c.*field); }};
}

template <class T>
setting list(const char* key, const char* help, std::vector<T> configuration::*field) {
  return {key, help,
          [=](configuration& c, const std::string& v) {
            (c.*field).clear();
            std::istringstream in{v};
            for (std::string item; std::getline(in, item, ',');)
              if (!item.empty())
                (c.*field).emplace_back(item);
          },
          [=](const configuration& c) {
            std::string out;
            for (auto& item : c.*field)
              out += (out.empty() ? "" : ",") + std::filesystem::path{item}.string();
            return out;
          }};
}

setting public_url() {
  auto s = text("public_url", "scheme and host that people see, behind a proxy",
                &configuration::public_url);
  s.set = [](configuration& c, const std::string& v) {
    auto host = v.find("://");
    auto fits = v.starts_with("http://") || v.starts_with("https://");
    if (!v.empty() && (!fits || v.find('/', host + 3) != std::string::npos))
      throw failure{errc::bad_request,
                    fmt::format("public_url is \"{}\", it must be like "
                                "https://images.example.org, without a path",
                                v)};
    c.public_url = v;
  };
  return s;
}

bool is_origin(const std::string& v) {
  const auto host = v.find("://");
  return v == "*"
         || ((v.starts_with("http://") || v.starts_with("https://"))
             && host + 3 < v.size() && v.find_first_of("/ ", host + 3) == v.npos);
}

setting cors_origins() {
  auto s = list("cors_origins",
                "pages of other sites that may read what their visitors may, like "
                "https://viewer.example.org; * = all, then without cookies",
                &configuration::cors_origins);
  s.set = [fill = s.set](configuration& c, const std::string& v) {
    fill(c, v);
    for (auto& origin : c.cors_origins)
      if (!is_origin(origin))
        throw failure{errc::bad_request,
                      fmt::format("cors_origins holds \"{}\", it must be like "
                                  "https://viewer.example.org, or *",
                                  origin)};
  };
  return s;
}

setting downloads() {
  auto s =
    text("download_policy",
         "what may be downloaded: of those who see it (read) or may edit it (write), "
         "images (image) and those of plates (plate); each with + or -",
         &configuration::download_policy);
  s.set = [](configuration& c, const std::string& v) {
    download_policy_of(v);
    c.download_policy = v;
  };
  return s;
}

std::string variable_of(std::string key) {
  std::transform(key.begin(), key.end(), key.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return "TROUPE_" + key;
}

size_t distance(const std::string& a, const std::string& b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    auto diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      auto above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])});
      diagonal = above;
    }
  }
  return row[b.size()];
}

[[noreturn]] void refuse_unknown(const std::string& where, const std::string& name,
                                 const std::function<std::string(const char*)>& spell) {
  auto best =
    std::min_element(all_settings().begin(), all_settings().end(), [&](auto& a, auto& b) {
      return distance(name, spell(a.key)) < distance(name, spell(b.key));
    });
  throw failure{errc::bad_request,
                fmt::format("{}: there is no setting {}, did you mean {}?", where, name,
                            spell(best->key))};
}

const setting* find(const std::string& key) {
  for (auto& s : all_settings())
    if (s.key == key)
      return &s;
  return nullptr;
}

/// A value of the file as the text that `set` takes.
std::string setting_text(const toml::node& node, const std::string& where) {
  if (auto s = node.value_exact<std::string>())
    return *s;
  if (auto n = node.value_exact<int64_t>())
    return std::to_string(*n);
  if (auto* items = node.as_array()) {
    std::string out;
    for (auto& item : *items)
      out += (out.empty() ? "" : ",") + setting_text(item, where);
    return out;
  }
  throw failure{errc::bad_request,
                where + ": a text, a whole number or a list of them is expected"};
}

void read_file(const std::string& file, loaded_settings& into) {
  toml::table table;
  try {
    table = toml::parse_file(file);
  } catch (const toml::parse_error& e) {
    throw failure{errc::bad_request,
                  fmt::format("{}:{}: {}", file, e.source().begin.line, e.description())};
  }
  for (auto& [name, node] : table) {
    std::string key{name.str()};
    auto* s = find(key);
    if (!s)
      refuse_unknown(file, key, [](const char* k) { return std::string{k}; });
    s->set(into.values, setting_text(node, file + ": " + key));
    into.source[key] = file;
  }
}

void read_environment(const std::map<std::string, std::string>& environment,
                      loaded_settings& into) {
  for (auto& [name, value] : environment) {
    if (reserved.contains(name))
      continue;
    auto s = std::find_if(all_settings().begin(), all_settings().end(),
                          [&](auto& x) { return variable_of(x.key) == name; });
    if (s == all_settings().end())
      refuse_unknown("environment", name, [](const char* k) { return variable_of(k); });
    s->set(into.values, value);
    into.source[s->key] = name;
  }
}

/// Of an address as libpq takes it: a URI, or words like password=secret.
std::string without_password(const std::string& address) {
  static const std::regex in_uri{"(://[^:@/?]*:)[^@/]*@"},
    as_word{"(password\\s*=\\s*)('([^'\\\\]|\\\\.)*'|[^&\\s]*)"};
  return std::regex_replace(std::regex_replace(address, in_uri, "$1***@"), as_word,
                            "$1***");
}

} // namespace

const std::vector<setting>& all_settings() {
  static const std::vector<setting> all{
    path("data", "folder of originals, cache and the embedded database",
         &configuration::data),
    text("listen", "address and port", &configuration::listen),
    text("database", "an existing PostgreSQL, postgresql://...; empty = embedded",
         &configuration::database),
    public_url(),
    list("trusted_proxies", "addresses whose X-Forwarded-For is believed",
         &configuration::trusted_proxies),
    cors_origins(),
    path("tls_certificate", "PEM file, chain included", &configuration::tls_certificate),
    path("tls_key", "PEM file", &configuration::tls_key),
    path("metrics_token_file", "holds a token (16 characters or more) for GET /metrics",
         &configuration::metrics_token_file),
    list("in_place_roots", "folders whose files administrators may register in place",
         &configuration::in_place_roots),
    whole("database_connections", "connections that read; one more writes",
          &configuration::database_connections, 1, 64),
    whole("render_workers", "0 = one per core", &configuration::render_workers, 0, 256),
    whole("import_workers", "imports at the same time", &configuration::import_workers, 1,
          64),
    whole("queue_limit", "jobs that may wait in one queue", &configuration::queue_limit,
          1, 1'000'000),
    whole("thumbnail_cache_bytes", "thumbnails kept in memory",
          &configuration::thumbnail_cache_bytes, 0, int64_t{1} << 40),
    whole("tile_cache_bytes", "decoded tiles of images kept in memory, for all viewers",
          &configuration::tile_cache_bytes, 0, int64_t{1} << 40),
    whole("trash_days", "days that deletions can be taken back",
          &configuration::trash_days, 0, 36500),
    // Sessions write down every minute that they are used: less would sign people out.
    whole("session_idle_minutes", "minutes without a request that end a session",
          &configuration::session_idle_minutes, 5, 525600),
    whole("session_life_days", "days after which a session ends, however busy",
          &configuration::session_life_days, 1, 3650),
    whole("password_length", "characters that a password has at least",
          &configuration::password_length, 8, 256),
    whole("reset_link_hours", "hours that a link sets a new password",
          &configuration::reset_link_hours, 1, 720),
    text("public_user",
         "login of the account whose data are shown, not changed, without signing in",
         &configuration::public_user),
    downloads(),
    path("omero_static",
         "folder with the files of OMERO.web applications (omero_iviewer, omero_figure), "
         "which are then offered; empty = none",
         &configuration::omero_static),
    text("log_format", "text or json; empty = text on a terminal",
         &configuration::log_format),
    text("log_level", "debug, info, warn, error or off", &configuration::log_level),
  };
  return all;
}

loaded_settings load_settings(const std::string& file,
                              const std::map<std::string, std::string>& environment,
                              const std::map<std::string, std::string>& flags) {
  loaded_settings out;
  for (auto& s : all_settings())
    out.source[s.key] = "default";
  if (!file.empty())
    read_file(file, out);
  read_environment(environment, out);
  for (auto& [key, value] : flags) {
    auto* s = find(key);
    if (!s)
      refuse_unknown("command line", key, [](const char* k) { return std::string{k}; });
    s->set(out.values, value);
    out.source[key] = "command line";
  }
  return out;
}

std::vector<shown_setting> shown_settings(const loaded_settings& loaded) {
  std::vector<shown_setting> out;
  for (auto& s : all_settings()) {
    auto value = s.get(loaded.values);
    if (std::string_view{s.key} == "database")
      value = without_password(value);
    out.push_back({s.key, s.help, std::move(value), loaded.source.at(s.key)});
  }
  return out;
}

std::map<std::string, std::string> troupe_environment() {
  std::map<std::string, std::string> out;
  for (auto** e = environ; *e; ++e) {
    std::string entry{*e};
    if (entry.starts_with("TROUPE_"))
      if (auto equals = entry.find('='); equals != std::string::npos)
        out[entry.substr(0, equals)] = entry.substr(equals + 1);
  }
  return out;
}

} // namespace troupe::http
