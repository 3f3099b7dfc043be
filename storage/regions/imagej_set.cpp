#include "storage/regions/imagej_set.hpp"

#include "storage/failure.hpp"
#include "storage/regions/imagej_roi.hpp"
#include "storage/text.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <map>
#include <memory>

namespace troupe::regions {
namespace {

constexpr size_t most_entries = limits::most_shapes;
constexpr size_t most_entry_bytes = 8 << 20;

using reading = std::unique_ptr<archive, decltype(&archive_read_free)>;
using writing = std::unique_ptr<archive, decltype(&archive_write_free)>;

[[noreturn]] void refuse(archive* a) {
  const auto* reason = archive_error_string(a);
  throw failure{errc::bad_request, fmt::format("the ZIP is damaged: {}",
                                               clean_text(reason ? reason : "", 200))};
}

/// @param room  how many bytes may still come. @returns the bytes of the entry.
std::string contents_of(archive* a, size_t room) {
  std::string out;
  char block[16384];
  for (;;) {
    const auto got = archive_read_data(a, block, sizeof block);
    if (got < 0)
      refuse(a);
    if (got == 0)
      return out;
    out.append(block, static_cast<size_t>(got));
    if (out.size() > most_entry_bytes || out.size() > room)
      throw failure{errc::too_large, "the ZIP unpacks to more than is taken"};
  }
}

/// Without its folders; empty when the locale has no letters for it.
std::string name_of(archive_entry* entry) {
  const auto* raw = archive_entry_pathname_utf8(entry);
  if (!raw)
    raw = archive_entry_pathname(entry);
  auto name = clean_text(raw ? raw : "", 1000);
  return name.substr(name.rfind('/') + 1); // npos + 1 is 0
}

void add(found_regions& found, const std::string& bytes, const std::string& file,
         const dimensions& image) {
  try {
    auto one = read_imagej(bytes, image);
    for (auto& roi : one.rois) {
      if (roi.name.empty())
        roi.name = file.substr(0, file.rfind('.'));
      found.rois.push_back(std::move(roi));
    }
    for (auto& w : one.warnings)
      warn(found, fmt::format("{}: {}", file, w));
  } catch (const failure& f) {
    throw failure{f.code, fmt::format("{}: {}", file, f.what())};
  }
}

/// A file's name that is no path, and not yet taken.
/// @param taken  names, and the last number that was put behind each.
std::string entry_name(const std::string& name, std::map<std::string, size_t>& taken) {
  std::string safe;
  for (char c : name.substr(0, 200))
    safe +=
      c == '/' || c == '\\' || c == ':' || static_cast<unsigned char>(c) < ' ' ? '_' : c;
  if (!is_utf8(safe)) // cut inside a character
    safe = clean_text(safe, 400);
  auto out = safe;
  while (!taken.emplace(out, 1).second)
    out = fmt::format("{}-{}", safe, ++taken[safe]);
  return out + ".roi";
}

la_ssize_t append(archive*, void* to, const void* bytes, size_t size) {
  static_cast<std::string*>(to)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

void write_entry(archive* a, const std::string& name, const std::string& bytes) {
  std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry{archive_entry_new(),
                                                                      archive_entry_free};
  // As bytes: in the locale "C" nothing else passes, and ImageJ takes them for UTF-8.
  archive_entry_set_pathname(entry.get(), name.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0644);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes.size()));
  if (archive_write_header(a, entry.get()) < ARCHIVE_OK
      || archive_write_data(a, bytes.data(), bytes.size())
           != static_cast<la_ssize_t>(bytes.size()))
    throw failure{errc::internal, "a ZIP could not be written"};
}

} // namespace

bool is_imagej_set(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06");
}

found_regions read_imagej_set(std::string_view bytes, const dimensions& image) {
  const reading in{archive_read_new(), archive_read_free};
  archive_read_support_format_zip(in.get());
  if (archive_read_open_memory(in.get(), bytes.data(), bytes.size()) != ARCHIVE_OK)
    refuse(in.get());
  found_regions found;
  size_t entries = 0, total = 0;
  archive_entry* entry = nullptr;
  int status = ARCHIVE_OK;
  while ((status = archive_read_next_header(in.get(), &entry)) != ARCHIVE_EOF) {
    if (status < ARCHIVE_WARN)
      refuse(in.get());
    if (++entries > most_entries)
      throw failure{errc::too_large,
                    fmt::format("the ZIP has more than {} files", most_entries)};
    const auto name = name_of(entry);
    if (!name.empty() && !name.ends_with(".roi")) {
      warn(found, fmt::format("{} is no .roi, left out", name.substr(0, 100)));
      continue;
    }
    const auto file = contents_of(in.get(), limits::most_bytes - total);
    total += file.size();
    add(found, file, name, image);
  }
  return found;
}

std::string write_imagej_set(const drawing& d) {
  std::string out;
  const writing to{archive_write_new(), archive_write_free};
  archive_write_set_format_zip(to.get());
  archive_write_set_bytes_in_last_block(to.get(), 1);
  if (archive_write_open(to.get(), &out, nullptr, append, nullptr) != ARCHIVE_OK)
    throw failure{errc::internal, "a ZIP could not be begun"};
  std::map<std::string, size_t> taken;
  for (auto& s : imagej_shapes(d))
    write_entry(to.get(), entry_name(s.name, taken), imagej_bytes(s.shape, s.name));
  if (archive_write_close(to.get()) != ARCHIVE_OK)
    throw failure{errc::internal, "a ZIP could not be ended"};
  return out;
}

} // namespace troupe::regions
