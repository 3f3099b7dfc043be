// Foreign keys of large changes, which are checked as sets.

#include "schema/queries/annotate.hpp"
#include "schema/queries/moves.hpp"
#include "tests/support/lab.hpp"

using namespace troupe;
using test::lab;

namespace {

/// More than are checked one by one.
constexpr int64_t many = 1100;

/// A dataset of many images, each with a tag.
struct large_lab : lab {
  int64_t shelf = dataset("many");
  int64_t word = tag(ada, "common");
  std::vector<int64_t> images;

  large_lab() {
    const auto first = image("first.tif", shelf);
    run_sql(fmt::format(R"sql(
      with sets as (
        insert into filesets select (jsonb_populate_record(s, jsonb_build_object(
            'id', nextval(pg_get_serial_sequence('filesets', 'id')), 'import_file', n))).*
          from filesets as s cross join generate_series(2, {0}) as n
         where s.id = (select fileset_id from images where id = {1})
        returning id
      )
      insert into images select (jsonb_populate_record(i, jsonb_build_object(
          'id', nextval(pg_get_serial_sequence('images', 'id')),
          'fileset_id', s.id))).*
        from images as i cross join sets as s
       where i.id = {1})sql",
                        many, first));
    run_sql(fmt::format(R"sql(
      insert into links (parent_id, child_id, kind, group_id, owner_id)
      select {}, i.id, 2, i.group_id, i.owner_id from images as i
          on conflict do nothing)sql",
                        shelf));
    run_sql("insert into channels (image_id, position)"
            " select id, 0 from images on conflict do nothing");
    soci::rowset<long long> ids = (db.sql().prepare << "select id from images order by id");
    images.assign(ids.begin(), ids.end());
  }

  void tag_all() {
    db.ask(annotate_objects{
      .who = ada, .type = object_type::image, .ids = images, .annotations = {word}});
  }
  delete_objects all_of_it() {
    auto q = deletion(ada, object_type::dataset, {shelf});
    q.contents = true;
    return q;
  }
  /// A row that refers to nothing, as only a fault of ours could write it.
  void write_unchecked(const std::string& statement) {
    run_sql("set session_replication_role = replica");
    run_sql(statement);
    run_sql("set session_replication_role = origin");
  }
};

} // namespace

TEST_CASE("keys: our triggers count while single rows are not checked") {
  lab l;
  CHECK(l.number("select count(*) from pg_trigger as t join pg_class as c"
                 " on c.oid = t.tgrelid where not t.tgisinternal and t.tgparentid = 0"
                 " and c.relnamespace = cast('public' as regnamespace)"
                 " and t.tgenabled <> 'A'")
        == 0);
}

TEST_CASE("keys: many images are tagged, go and come back, as few do") {
  large_lab l;
  l.tag_all();
  CHECK(l.number("select count(*) from annotation_links") == many);
  const auto before = l.rows();
  const auto done = l.erase(l.all_of_it());
  CHECK(done.at("counts").at("image") == many);
  for (auto table : {"images", "channels", "links", "annotation_links", "filesets"})
    CHECK(l.number(fmt::format("select count(*) from {}", table)) == 0);
  CHECK(l.number("select count(*) from search_docs where kind = 3") == 0);
  l.restore(l.ada, done);
  CHECK(l.rows() == before);
}

TEST_CASE("keys: what comes back without what it refers to does not come back") {
  large_lab l;
  const auto done = l.erase(l.all_of_it());
  l.run_sql(fmt::format("delete from trash_rows where table_name = 'images'"
                        " and content ->> 'id' = '{}'",
                        l.images.back()));
  const auto before = l.rows();
  CHECK_THROWS(l.restore(l.ada, done)); // a channel without its image
  CHECK(l.rows() == before);
}

TEST_CASE("keys: many images move with all that carries their group") {
  large_lab l;
  const auto other = l.db.ask(create_group{.who = l.root, .name = "other"}).self.id;
  l.db.ask(set_membership{l.root, other, l.ada.account, false});
  l.ada = l.db.ask(find_session{hash_token("ada")}).who;
  l.ada.group = l.group;
  l.tag_all();
  l.db.ask(move_objects{
    .who = l.ada, .type = object_type::dataset, .ids = {l.shelf}, .group = other});
  for (auto table : {"images", "filesets", "links", "annotation_links", "annotations"})
    CHECK(l.number(fmt::format("select count(*) from {} where group_id = {}", table,
                               l.group))
          == 0);
  CHECK(l.number("select cast(current_setting('session_replication_role') = 'origin'"
                 " as integer)")
        == 1);
}

TEST_CASE("keys: what refers to something that goes is found, and all of it stays") {
  large_lab l;
  l.run_sql("create table labels (image_id bigint references images)");
  l.run_sql(fmt::format("insert into labels values ({})", l.images.back()));
  const auto before = l.rows();
  CHECK_THROWS(l.db.ask(l.all_of_it()));
  CHECK(l.rows() == before);
}

TEST_CASE("keys: rows that refer to nothing are found") {
  large_lab l;
  const auto chosen = [](const char* condition) {
    return fmt::format("select check_keys_of('annotation_links_images', '{}')", condition);
  };
  l.tag_all();
  CHECK_NOTHROW(l.run_sql(chosen("true")));
  CHECK_NOTHROW(l.run_sql("select check_keys_of('annotation_links', 'true')"));
  for (auto row : {"(987654321, {}, 3, {}, {})", "({}, {}, 3, 987654321, {})"}) {
    large_lab fresh;
    const std::string first = std::to_string(fresh.images[0]);
    const auto values =
      row[1] == '9' ? fmt::format(fmt::runtime(row), fresh.word, fresh.group,
                                  fresh.ada.account)
                    : fmt::format(fmt::runtime(row), first, fresh.word, fresh.ada.account);
    fresh.write_unchecked("insert into annotation_links (parent_id, child_id, kind,"
                          " group_id, owner_id) values "
                          + values);
    CHECK_THROWS(fresh.run_sql(chosen("true")));
    CHECK_THROWS(fresh.run_sql("select check_keys_of('annotation_links', 'true')"));
    CHECK_NOTHROW(fresh.run_sql(chosen("false")));
  }
}

TEST_CASE("keys: tables without partitions are looked at as well") {
  lab l;
  const auto image = l.image("a.tif");
  CHECK_NOTHROW(l.run_sql("select check_keys_of('channels', 'true')"));
  CHECK_NOTHROW(l.run_sql("select check_keys_to('images', 'select id from images')"));
  l.run_sql("set session_replication_role = replica");
  l.run_sql("insert into channels (image_id, position) values (987654321, 0)");
  CHECK_THROWS(l.run_sql("select check_keys_of('channels', 'true')"));
  CHECK_NOTHROW(l.run_sql(
    fmt::format("select check_keys_of('channels', 't.image_id = {}')", image)));
  CHECK_THROWS(l.run_sql("select check_keys_to('images', 'select 987654321')"));
}

TEST_CASE("keys: who may not switch off single checks keeps them") {
  large_lab l;
  for (auto statement :
       {"create role plain", "grant all on all tables in schema public to plain",
        "grant all on all sequences in schema public to plain"})
    l.run_sql(statement);
  l.run_sql("set role plain");
  CHECK(l.number("select cast(check_keys_later(true) as integer)") == 0);
  l.tag_all();
  for (auto statement : {"reset role", "drop owned by plain", "drop role plain"})
    l.run_sql(statement);
  CHECK(l.number("select count(*) from annotation_links") == many);
}
