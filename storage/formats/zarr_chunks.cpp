#include "storage/formats/zarr_chunks.hpp"

#include "storage/formats/refusals.hpp"
#include "storage/formats/zarr_elements.hpp"

#include <algorithm>
#include <cstring>

namespace troupe::formats {
namespace {

/// Of chunks that hold several planes, per thread; the last one stays however large.
constexpr size_t most_kept = 32 << 20;
/// What compressors may add to bytes they cannot shrink.
constexpr size_t spare_bytes = 64 << 10;

using bytes = std::vector<uint8_t>;

size_t largest_stored(size_t decoded) {
  return decoded + decoded / 8 + spare_bytes;
}

bytes read_whole(const descriptor& file, size_t most) {
  const auto size = size_of(file);
  if (static_cast<size_t>(size) > most)
    refuse("a chunk is larger than its array says");
  return read_range(file, 0, size);
}

/// @param codecs  undone from the last to the first.
bytes decoded(bytes stored, const std::vector<zarr_codec>& codecs, size_t size) {
  for (size_t i = codecs.size(); i-- > 0;)
    stored = decompress(codecs[i], stored, i == 0 ? size : largest_stored(size));
  if (stored.size() != size)
    refuse(stored.size() < size ? "truncated: a chunk is shorter than its array says"
                                : "a chunk is larger than its array says");
  return stored;
}

uint64_t number_at(const bytes& from, size_t at) {
  uint64_t value;
  std::memcpy(&value, from.data() + at, sizeof value);
  return value;
}

/// The index of a shard: where each chunk is, and how long.
bytes read_index(const descriptor& file, const zarr_shard& shard) {
  const auto size = static_cast<size_t>(shard.count()) * 16;
  const auto checksums = static_cast<size_t>(
    std::count(shard.index_codecs.begin(), shard.index_codecs.end(), zarr_codec::crc32c));
  const auto stored = static_cast<int64_t>(size + 4 * checksums);
  const auto at = shard.index_first ? 0 : size_of(file) - stored;
  if (at < 0)
    refuse("truncated: a shard is shorter than its index");
  return decoded(read_range(file, at, stored), shard.index_codecs, size);
}

} // namespace

std::optional<bytes> zarr_chunks::chunk_of_shard(const zarr_array& array,
                                                 const std::vector<int64_t>& index) {
  const auto& shard = *array.shard;
  std::vector<int64_t> place(index.size());
  int64_t inside = 0;
  for (size_t i = 0; i < index.size(); ++i) {
    place[i] = index[i] / shard.chunks[i];
    inside = inside * shard.chunks[i] + index[i] % shard.chunks[i];
  }
  const auto key = array.chunk_key(place);
  const auto file = folder_.open(key);
  if (!file)
    return std::nullopt;
  if (shard_ != key) {
    shard_index_ = read_index(*file, shard);
    shard_ = key;
  }
  const auto at = number_at(shard_index_, static_cast<size_t>(inside) * 16);
  const auto size = number_at(shard_index_, static_cast<size_t>(inside) * 16 + 8);
  if (at == ~uint64_t{0} && size == ~uint64_t{0})
    return std::nullopt; // never written
  const auto whole = static_cast<uint64_t>(size_of(*file));
  if (at > whole || size > whole - at)
    refuse("truncated: a chunk is outside its shard");
  return read_range(*file, static_cast<int64_t>(at), static_cast<int64_t>(size));
}

std::optional<bytes> zarr_chunks::stored_chunk(const zarr_array& array,
                                               const std::vector<int64_t>& index) {
  if (array.shard)
    return chunk_of_shard(array, index);
  const auto file = folder_.open(array.chunk_key(index));
  if (!file)
    return std::nullopt;
  const auto size = static_cast<size_t>(array.chunk_elements() * array.type.bytes);
  return read_whole(*file, largest_stored(size));
}

void zarr_chunks::remember(entry e) {
  size_t total = e.chunk->size();
  kept_.push_front(std::move(e));
  for (auto i = std::next(kept_.begin()); i != kept_.end();) {
    total += i->chunk->size();
    i = total > most_kept ? kept_.erase(i) : std::next(i);
  }
}

std::shared_ptr<const bytes>
zarr_chunks::get(const zarr_array& array, const std::vector<int64_t>& index, bool keep) {
  const auto known = std::find_if(kept_.begin(), kept_.end(), [&](const entry& e) {
    return e.array == &array && e.index == index;
  });
  if (known != kept_.end()) {
    kept_.splice(kept_.begin(), kept_, known);
    return known->chunk;
  }
  auto stored = stored_chunk(array, index);
  if (!stored)
    return nullptr;
  const auto size = static_cast<size_t>(array.chunk_elements() * array.type.bytes);
  auto chunk = std::make_shared<const bytes>(
    as_elements(decoded(std::move(*stored), array.codecs, size), array.type));
  if (keep)
    remember({&array, index, chunk});
  return chunk;
}

} // namespace troupe::formats
