#include "storage/files/managed.hpp"
#include "storage/text.hpp"

#include <doctest/doctest.h>

using namespace troupe;

TEST_CASE("file names: the last part of a path, as the client wrote it") {
  CHECK(safe_file_name("cells.ome.tif") == "cells.ome.tif");
  CHECK(safe_file_name("C:\\data\\a b (1).tif") == "a b (1).tif");
  CHECK(safe_file_name("../../etc/passwd") == "passwd");
  CHECK(safe_file_name("--W00001--[9AA4D9EA].tif") == "--W00001--[9AA4D9EA].tif");
  CHECK(safe_file_name("細胞 é 😀.tif") == "細胞 é 😀.tif");
  CHECK(safe_file_name(".hidden.tif") == ".hidden.tif");
}

TEST_CASE("file names: nothing that is no name") {
  for (auto empty : {"", " ", ".", "..", "/", "a/", "a/..", "\n", "..."})
    CHECK(safe_file_name(empty).find("..") == std::string::npos);
  CHECK(safe_file_name("..") == "unnamed");
  CHECK(safe_file_name("a/") == "unnamed");
}

TEST_CASE("file names: control characters and marks that hide text are gone") {
  CHECK(safe_file_name("a\r\nSet-Cookie: x=1.tif") == "a_Set-Cookie_ x=1.tif");
  CHECK(safe_file_name("\x1b[2Ja\x7f.tif") == "[2Ja.tif");
  CHECK(safe_file_name("a\u202Efit.exe") == "afit.exe");
  CHECK(safe_file_name("a\u200Bb") == "ab");
  CHECK(safe_file_name(std::string{"a\0b.tif", 7}) == "ab.tif");
  CHECK(safe_file_name("<b>|?*\".tif") == "_b_____.tif");
}

TEST_CASE("file names: bytes that are no UTF-8 are read as Latin-1") {
  CHECK(safe_file_name("gr\xfc\xdf.tif") == "grüß.tif");
  CHECK(is_utf8(safe_file_name("\xc0\xaf\xed\xa0\x80\xf5.tif")));
}

TEST_CASE("file names: reserved names get a mark, long ones keep their extension") {
  CHECK(safe_file_name("con.tif") == "_con.tif");
  CHECK(safe_file_name("COM1") == "_COM1");
  CHECK(safe_file_name("console.tif") == "console.tif");
  const auto name = safe_file_name(std::string(300, 'x') + "ü.tif");
  CHECK(name.size() <= 200);
  CHECK(name.ends_with("x.tif"));
  std::string umlauts;
  for (int i = 0; i < 150; ++i)
    umlauts += "ü";
  CHECK(is_utf8(safe_file_name(umlauts + ".tiff")));
  CHECK(safe_file_name(umlauts + ".tiff").size() <= 200);
}

TEST_CASE("staged names: folders are kept, ways out of them are not") {
  const std::vector<std::string> clients{
    "set/a.tif",       "set/b.zarr/.zattrs", "set\\c.tif", "/etc/passwd",
    "../../x/./y.tif", "C:\\data\\z.tif",    "..",         "",
    "a//b///c.tif"};
  const std::vector<std::string> wanted{
    "set/a.tif", "set/b.zarr/.zattrs", "set/c.tif", "etc/passwd",
    "x/y.tif",   "C_/data/z.tif",      "unnamed",   "unnamed (2)",
    "a/b/c.tif"};
  CHECK(staged_names(clients) == wanted);
}

TEST_CASE("staged names: two paths never meet, siblings stay together") {
  const std::vector<std::string> clients{
    "a?/x.tif",     "a*/x.tif", "a?/y.tif", "b",      "b/x.tif", "same.tif", "same.tif",
    "same (2).tif", "same.tif", "e\u0301",  "\u00e9", ".zattrs", ".zattrs"};
  const std::vector<std::string> wanted{
    "a_/x.tif",     "a_ (2)/x.tif", "a_/y.tif",     "b",
    "b (2)/x.tif",  "same.tif",     "same (2).tif", "same (2) (2).tif",
    "same (3).tif", "e\u0301",      "\u00e9",       ".zattrs",
    ".zattrs (2)"};
  CHECK(staged_names(clients) == wanted);
}

TEST_CASE("staged names: a path that is too long loses folders at its top") {
  std::string deep;
  for (int i = 0; i < 100; ++i)
    deep += std::string(50, 'd') + "/";
  const auto names =
    staged_names({deep + "a.tif", deep + "b.tif", "x/" + deep + "a.tif"});
  for (auto& name : names)
    CHECK(name.size() < 1100);
  CHECK(names[0].ends_with("d/a.tif"));
  CHECK(names[0].substr(0, names[0].size() - 5)
        == names[1].substr(0, names[1].size() - 5));
  CHECK(names[2] != names[0]);
}

TEST_CASE("text: UTF-8 is checked byte by byte") {
  for (auto good : {"", "a", "é", "細", "😀", "\xf4\x8f\xbf\xbf"})
    CHECK(is_utf8(good));
  for (auto bad : {"\x80", "\xc3", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80",
                   "\xf4\x90\x80\x80", "\xff", "\xe7\xb4"})
    CHECK(!is_utf8(bad));
}

TEST_CASE("text: cleaning keeps lines and tabs and ends at a character") {
  CHECK(clean_text("a\tb\nc\x01\x7f\u0085") == "a\tb\nc");
  CHECK(clean_text("ääää", 7) == "ää");
}
