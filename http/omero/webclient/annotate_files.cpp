// Files put on objects: sent with a form, or already there.

#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webclient/annotated.hpp"
#include "http/omero/webclient/error_row.hpp"
#include "storage/files/attachment_writer.hpp"
#include "storage/files/managed.hpp"

namespace troupe::http::omero {

namespace {

using metadata::annotation_kind;

/// Keeps the files of a form while they arrive.
class form_files {
public:
  explicit form_files(const std::filesystem::path& data) : folder_{data} {}

  part_taker taker() {
    return {[this](const form_part& part) {
              wanted_ = part.name == "annotation_file" && !part.file_name.empty();
              if (wanted_) {
                kept_.push_back({part.file_name, part.type, "", 0});
                writer_.emplace(folder_);
              }
            },
            [this](std::string_view piece) {
              if (wanted_)
                writer_->append(piece.data(), piece.size());
            },
            [this] {
              if (wanted_)
                keep();
            }};
  }
  const std::vector<stored_file>& kept() const { return kept_; }

private:
  void keep() {
    kept_.back().bytes = writer_->bytes();
    kept_.back().sha256 = to_hex(writer_->keep());
    writer_.reset();
  }

  managed_directory folder_;
  std::optional<attachment_writer> writer_;
  std::vector<stored_file> kept_;
  bool wanted_ = false;
};

/// Before bytes are taken from whoever may not leave any.
void require_may_attach(call& c) {
  try {
    c.ask(check_attachment{.name = "a file", .mime = ""});
  } catch (refused& r) {
    r.answer.close = true;
    throw;
  }
}

std::vector<stored_file> files_of_form(call& c) {
  if (!c.in.header("content-type").starts_with("multipart/form-data"))
    return {};
  require_may_attach(c);
  form_files files{c.house.config.data};
  c.take_form(files.taker());
  return files.kept();
}

web_response annotate_file(call& c) {
  const auto sent = files_of_form(c);
  const auto objects = objects_named(c);
  if (objects.empty())
    throw failure{errc::not_found, "no objects are named: image=, dataset= ..."};
  auto ids = c.ids("files");
  if (!ids.empty())
    put_on_all(c, objects, ids);
  for (auto& file : sent)
    ids.push_back(annotate_all(c, objects,
                               {.kind = annotation_kind::file,
                                .name_space = c.field("ns").value_or(""),
                                .file = file}));
  if (ids.empty())
    throw failure{errc::bad_request, "annotation_file: the file is missing"};
  return document({{"fileIds", ids}});
}

} // namespace

const std::vector<route> webclient_file_annotation_routes = routes_of({
  error_row("POST", "/webclient/annotate_file", annotate_file),
});

} // namespace troupe::http::omero
