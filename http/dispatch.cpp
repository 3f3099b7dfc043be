#include "http/dispatch.hpp"

#include "http/arguments.hpp"
#include "http/cors.hpp"
#include "http/pages.hpp"
#include "http/route.hpp"
#include "http/share_door.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace troupe::http {

namespace {

/// Nothing of another site, nothing inline.
constexpr const char* content_policy =
  "default-src 'self'; img-src 'self' blob: data:; style-src 'self'; script-src 'self'; "
  "connect-src 'self'; "
  "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

bool has_header(const web_response& out, std::string_view name) {
  return std::any_of(out.headers.begin(), out.headers.end(),
                     [&](auto& h) { return h.first == name; });
}

bool is_host_name(std::string_view text) {
  return !text.empty() && text.size() <= 255
         && std::all_of(text.begin(), text.end(), [](unsigned char c) {
              return std::isalnum(c) || c == '.' || c == '-' || c == ':' || c == '['
                     || c == ']';
            });
}

/// Where the client sees us: as configured, or as it says itself.
std::string base_of(const configuration& config, const web_request& in, bool by_proxy) {
  if (!config.public_url.empty())
    return config.public_url.substr(0, config.public_url.find_last_not_of('/') + 1);
  std::string scheme = config.tls_certificate.empty() ? "http" : "https";
  auto host = in.header("host");
  if (by_proxy) {
    if (auto said = in.header("x-forwarded-proto"); said == "http" || said == "https")
      scheme = said;
    if (auto said = in.header("x-forwarded-host"); is_host_name(said))
      host = said;
  }
  return scheme + "://" + (is_host_name(host) ? std::string{host} : config.listen);
}

/// A proxy that is trusted tells whom it speaks for: the last address it added.
void believe_proxy(const configuration& config, web_request& in) {
  auto& trusted = config.trusted_proxies;
  const bool by_proxy =
    std::find(trusted.begin(), trusted.end(), in.remote) != trusted.end();
  in.base = base_of(config, in, by_proxy);
  if (!by_proxy)
    return;
  auto chain = in.header("x-forwarded-for");
  auto last = chain.substr(std::min(chain.rfind(',') + 1, chain.size()));
  while (last.starts_with(' '))
    last.remove_prefix(1);
  if (!last.empty() && last.size() <= 45)
    in.remote = std::string{last};
}

web_response answer(desk& d, web_request& in, request_figures::scope& figures) {
  if (auto permission = preflight_answer(d.config, in))
    return *permission;
  if (comes_by_share(in)) {
    figures.route = "/share/{token}";
    if (auto out = through_share(d, in))
      return *out;
  }
  auto found = find_route(in);
  if (found.found) {
    figures.route = found.found->pattern;
    if (found.found->who == access::session) {
      in.group = id_in_query(in, "group");
      in.for_visitors = !d.config.public_user.empty();
    }
    return found.found->run(d, in);
  }
  if (!found.allowed.empty()) {
    auto out = problem(405, in.method + " is not for this address", in.id);
    out.headers.emplace_back("Allow", found.allowed);
    return out;
  }
  if (!in.prefix.empty() || (!in.segments.empty() && in.segments[0] == "api"))
    return problem(errc::not_found, "no such address", in.id);
  figures.route = "page";
  return page_response(in);
}

web_response guarded_answer(desk& d, web_request& in, request_figures::scope& figures) {
  try {
    return answer(d, in, figures);
  } catch (const failure& e) {
    if (e.code == errc::internal)
      spdlog::error("request failed req={} reason=\"{}\"", in.id, e.what());
    return problem(
      e.code, e.code == errc::internal ? "an error of the server, see its log" : e.what(),
      in.id);
  } catch (const std::exception& e) {
    spdlog::error("request failed req={} reason=\"{}\"", in.id, e.what());
    return problem(errc::internal, "an error of the server, see its log", in.id);
  }
}

} // namespace

web_response dispatch(desk& d, web_request& in) {
  request_figures::scope figures{d.requests};
  traced_request traced{std::make_shared<request_trace>(in.id), in.method, "", now_ms()};
  const trace_mark::scope for_request{traced.trace};
  figures.method = in.method;
  believe_proxy(d.config, in);
  auto out = guarded_answer(d, in, figures);
  figures.status = out.status;
  traced.route = figures.route;
  traced.status = out.status;
  traced.seconds = figures.seconds();
  d.latest_requests.add(std::move(traced));
  out.headers.emplace_back("X-Request-Id", in.id);
  allow_origin(d.config, in, out);
  out.headers.emplace_back("X-Content-Type-Options", "nosniff");
  out.headers.emplace_back("Referrer-Policy", "same-origin");
  out.headers.emplace_back("X-Frame-Options", "SAMEORIGIN");
  if (out.type.starts_with("text/html") && !has_header(out, "Content-Security-Policy"))
    out.headers.emplace_back("Content-Security-Policy", content_policy);
  auto level =
    out.status >= 500 && out.status != 503 ? spdlog::level::err : spdlog::level::info;
  spdlog::log(level, "request req={} method={} path={} status={} ms={:.1f} from={}",
              in.id, in.method, in.path, out.status, figures.seconds() * 1000, in.remote);
  return out;
}

} // namespace troupe::http
