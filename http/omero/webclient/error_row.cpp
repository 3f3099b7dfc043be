#include "http/omero/webclient/error_row.hpp"

#include "http/encode.hpp"
#include "http/error_response.hpp"

namespace troupe::http::omero {

row error_row(const char* method, const char* pattern, web_response (*run)(call&)) {
  return {method, pattern, manner::data, [run](call& c) {
            try {
              return run(c);
            } catch (const refused& r) {
              auto out = document({{"error", reason_of_refusal(r)}}, r.answer.status);
              out.close = r.answer.close;
              return out;
            } catch (const failure& e) {
              if (e.code == errc::internal)
                throw;
              return document({{"error", e.what()}}, status_of(e.code));
            }
          }};
}

std::string reason_of_refusal(const refused& r) {
  if (r.answer.status == 401 || r.answer.type != "application/problem+json")
    throw r;
  return json::parse(r.answer.text).value("detail", "");
}

} // namespace troupe::http::omero
