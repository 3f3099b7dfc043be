// What people type to find something, taken apart. The language:
//
//   mitosis GFP        both words, anywhere: names, descriptions, tags, files ...
//   "late anaphase"    a phrase
//   -blurred           without; goes before any of these
//   mito*  *tosis*     words that begin so; names that have it somewhere
//   tag:done tag:do*   a tag of that text, of one that begins so
//   Gene=BRCA1         a key with that value; dose>3 < >= <= for numbers; "x"=1 is a key
//   x>1000 z=1         size of an image in x, y, z, c or t; bytes>1000000 of its files
//   rating>=4          stars
//   owner:ada owner:me group:lab      by login or name
//   after:2024-03 before:2024-06-15   when it came: from that day, month or year on
//   created:2024-01..2024-03 acquired:2023   from the first through the last
//   type:image,plate  file:run1  format:czi  in:dataset:5

#pragma once

#include "schema/queries/object_type.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace troupe {

enum class search_field {
  words,  ///< text, prefix
  file,   ///< text, prefix
  name,   ///< text: somewhere in the name
  tag,    ///< text, prefix
  pair,   ///< key, comparison; text when equal, else number
  size,   ///< key: x y z c t bytes; comparison, number
  rating, ///< comparison, number
  owner,
  group,
  format,
  created, ///< from, until
  acquired,
  type,  ///< types
  inside ///< types[0], id
};

struct search_term {
  search_field field = search_field::words;
  bool negated = false, prefix = false;
  std::string key, text;
  std::string comparison; ///< = < <= > >=
  double number = 0;
  std::string from, until; ///< RFC 3339, [from, until); empty is open
  std::vector<object_type> types;
  int64_t id = 0;
  bool operator==(const search_term&) const = default;
};

/// All terms must be true of what is found; none is true of everything.
/// @throws failure{bad_request} naming the word that cannot be understood.
std::vector<search_term> parse_search(std::string_view text);

/// "image,plate". @throws failure{bad_request} for a type that search does not know.
std::vector<object_type> search_types(std::string_view list);

} // namespace troupe
