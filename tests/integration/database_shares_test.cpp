// Shares in the database: what their windows show, and that nothing is beside them.

#include "schema/password.hpp"
#include "schema/queries/images.hpp"
#include "schema/queries/search.hpp"
#include "schema/queries/shares.hpp"
#include "tests/support/lab.hpp"

using namespace troupe;
using test::lab;

namespace {

const std::string share_token = "a share's token";

/// Two datasets of a project and an image beside them; one of them is shared.
struct gallery : lab {
  std::string hash = hash_token(share_token);
  int64_t project = db.ask(create_project{.who = ada, .name = "project"}).id;
  int64_t shown = dataset("shown", project), hidden = dataset("hidden", project);
  int64_t first = image("first", shown), second = image("second", shown);
  int64_t other = image("other", hidden), loose = image("loose");

  share_entry share(std::vector<object_id> objects, const std::string& secret = "",
                    bool download = false) {
    return db.ask(make_share{.who = ada,
                             .token_hash = hash,
                             .objects = std::move(objects),
                             .secret = secret,
                             .download = download});
  }
  viewer visitor(const std::string& proof = "") {
    return db.ask(find_share{hash, proof}).who;
  }
  /// Asks as the database actor does.
  template <class Q>
  auto see(Q question) {
    question.who = visitor(); // a transaction of its own
    soci::transaction all{db.sql()};
    look_through_share(db.sql(), question.who.share);
    return run(db.sql(), question);
  }
  template <class Q>
  errc refused(Q question) {
    try {
      see(question);
      return errc::none;
    } catch (const failure& f) {
      return f.code;
    }
  }
  std::vector<std::string> images() {
    std::vector<std::string> names;
    for (auto& i : see(list_images{.order = image_order::name}).items)
      names.push_back(i.name);
    return names;
  }
};

using names = std::vector<std::string>;

std::string column(lab& l, const std::string& query) {
  std::string out;
  l.db.sql() << query, soci::into(out);
  return out;
}

} // namespace

TEST_CASE("shares: every table has a window with the same columns") {
  lab l;
  // A new table is closed by itself; new columns come with the next migration.
  CHECK(column(l, R"sql(
    select coalesce(string_agg(cast(t.relname as text), ' '), '')
      from pg_class as t
     where t.relnamespace = cast('public' as regnamespace) and t.relkind in ('r', 'p', 'v')
       and not exists (
         select from pg_class as w
          where w.relnamespace = cast('shared' as regnamespace) and w.relname = t.relname
            and (select array_agg(cast(a.attname as text) order by a.attname)
                   from pg_attribute as a
                  where a.attrelid = w.oid and a.attnum > 0 and not a.attisdropped)
              = (select array_agg(cast(a.attname as text) order by a.attname)
                   from pg_attribute as a
                  where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped)))sql")
        == "");
}

TEST_CASE("shares: without a share the windows show nothing") {
  gallery g;
  g.share({{object_type::dataset, g.shown}});
  for (auto table : {"images", "datasets", "channels", "files", "links", "objects"})
    CHECK_MESSAGE(g.number(std::string{"select count(*) from shared."} + table) == 0,
                  table);
}

TEST_CASE("shares: a dataset shows its images, and no neighbour") {
  gallery g;
  g.share({{object_type::dataset, g.shown}});
  CHECK(g.images() == names{"first", "second"});
  CHECK(g.see(list_datasets{}).items.size() == 1);
  CHECK(g.see(list_projects{}).items.empty());
  CHECK(g.see(find_image{.image = g.first}).entry.name == "first");
  CHECK(g.see(find_image{.image = g.first}).datasets.size() == 1);
  CHECK(g.see(find_image{.image = g.first}).datasets[0].projects.empty());
  CHECK(g.refused(find_image{.image = g.other}) == errc::not_found);
  CHECK(g.refused(grant_image{.image = g.loose}) == errc::not_found);
  CHECK(g.refused(find_dataset{.dataset = g.hidden}) == errc::not_found);
  CHECK(g.refused(find_project{.project = g.project}) == errc::not_found);
  CHECK(g.see(list_images{.dataset = g.shown}).total == 2);
  CHECK(
    g.see(search_objects{.words = "first"}).items.empty()); // no share reaches the words
}

TEST_CASE("shares: an image alone has no folder, and a project shows all that is in it") {
  gallery g;
  g.share({{object_type::image, g.first}, {object_type::image, g.loose}});
  CHECK(g.images() == names{"first", "loose"});
  CHECK(g.see(list_images{.orphaned = true}).total == 2);
  CHECK(g.see(find_image{.image = g.first}).datasets.empty());
  g.run_sql("delete from shares");
  g.share({{object_type::project, g.project}});
  CHECK(g.images() == names{"first", "other", "second"});
  const auto late = g.image("late", g.hidden);
  CHECK(g.see(find_image{.image = late}).entry.id == late); // what comes later as well
}

TEST_CASE("shares: a plate shows its wells and their images") {
  gallery g;
  const auto plate = g.plate(g.loose), apart = g.plate(g.other);
  g.share({{object_type::plate, plate}}, "", true);
  CHECK(g.images() == names{"loose"});
  CHECK(g.see(list_images{.orphaned = true}).total == 0);
  CHECK(g.see(list_originals{.objects = {{object_type::plate, plate}},
                             .policy = download_policy_of("+read,+plate")})
          .files.empty()
        == false);
  CHECK(g.refused(list_originals{.objects = {{object_type::plate, apart}},
                                 .policy = download_policy_of("+read,+plate")})
        == errc::not_found);
}

TEST_CASE("shares: regions and annotations of what is shared, as its owner sees them") {
  gallery g;
  const auto mine = g.roi(g.ada, g.first), theirs = g.roi(g.ada, g.other);
  const auto said = g.tag(g.bert, "said"), elsewhere = g.tag(g.ada, "elsewhere");
  g.put(said, object_type::image, g.first, g.bert);
  g.put(elsewhere, object_type::image, g.other, g.ada);
  g.share({{object_type::image, g.first}});
  const auto share = g.visitor().share;
  soci::transaction all{g.db.sql()};
  look_through_share(g.db.sql(), share);
  CHECK(g.number("select min(id) from rois") == mine);
  CHECK(g.number("select count(*) from rois") == 1);
  CHECK(g.number("select count(*) from shapes") == 1);
  CHECK(g.number("select min(id) from annotations") == said);
  CHECK(g.number("select count(*) from annotations") == 1);
  CHECK(g.number(
          fmt::format("select count(*) from objects where kind = 8 and id = {}", theirs))
        == 0);
  for (auto closed : {"sessions", "audits", "memberships", "shares", "trash", "imports"})
    CHECK_MESSAGE(g.number(std::string{"select count(*) from "} + closed) == 0, closed);
  CHECK(g.number("select count(*) from accounts where secret <> '' or email <> ''") == 0);
  CHECK_THROWS(g.run_sql("update public.images set name = 'changed'"));
}

TEST_CASE("shares: originals leave only where the share says so") {
  gallery g;
  const auto policy = download_policy_of("+read,+image");
  const find_original question{.image = g.first, .file = 0, .policy = policy};
  g.share({{object_type::dataset, g.shown}});
  CHECK(g.refused(question) == errc::denied);
  CHECK(g.refused(export_image{.image = g.first, .policy = policy}) == errc::denied);
  g.run_sql("delete from shares");
  g.share({{object_type::dataset, g.shown}}, "", true);
  CHECK(g.see(question).fileset > 0);
  CHECK(g.refused(find_original{.image = g.first, .policy = download_policy_of("")})
        == errc::denied);
}

TEST_CASE("shares: only what one sees, of one group, and of kinds that hold images") {
  gallery g;
  const auto refusal = [&](viewer who, std::vector<object_id> objects) {
    return g.db.refusal(
      make_share{.who = who, .token_hash = g.hash, .objects = std::move(objects)});
  };
  const auto eve = g.db.add_account("eve");
  CHECK(refusal(eve, {{object_type::image, g.first}}) == errc::not_found);
  CHECK(refusal(g.ada, {{object_type::image, 999'999}}) == errc::not_found);
  CHECK(refusal(g.ada, {}) == errc::bad_request);
  CHECK(refusal(g.ada, {{object_type::annotation, g.tag(g.ada, "x")}})
        == errc::bad_request);
  auto elsewhere = g.ada;
  elsewhere.group = g.number("select id from groups where name = 'default'");
  const auto abroad = g.db.add_image(elsewhere, "abroad");
  CHECK(refusal(g.ada, {{object_type::image, g.first}, {object_type::image, abroad}})
        == errc::bad_request);
  auto acted = g.ada;
  acted.sudoer = g.root.account;
  CHECK(refusal(acted, {{object_type::image, g.first}}) == errc::denied);
  CHECK(g.db.refusal(make_share{.who = g.ada,
                                .token_hash = g.hash,
                                .objects = {{object_type::image, g.first}},
                                .days = 0})
        == errc::bad_request);
}

TEST_CASE("shares: end with their time, their owner, and their owner's rights") {
  gallery g;
  const auto bert_share = [&] {
    g.db.ask(make_share{
      .who = g.bert, .token_hash = g.hash, .objects = {{object_type::image, g.first}}});
  };
  bert_share();
  CHECK(g.images() == names{"first"});
  g.run_sql(fmt::format("delete from memberships where account_id = {} and group_id = {}",
                        g.bert.account, g.group));
  CHECK(g.db.refusal(find_share{g.hash, ""}) == errc::not_found);
  g.run_sql(fmt::format("insert into memberships (account_id, group_id) values ({}, {})",
                        g.bert.account, g.group));
  CHECK(g.images() == names{"first"});
  g.run_sql(
    fmt::format("update accounts set active = false where id = {}", g.bert.account));
  CHECK(g.db.refusal(find_share{g.hash, ""}) == errc::not_found);
  g.run_sql(
    fmt::format("update accounts set active = true where id = {}", g.bert.account));
  g.run_sql("update groups set level = 0 where name = 'lab'"); // private
  CHECK(g.images().empty());
  g.run_sql("update groups set level = 2 where name = 'lab'");
  g.run_sql("update shares set expires = now() - interval '1 s'");
  CHECK(g.db.refusal(find_share{g.hash, ""}) == errc::not_found);
  g.db.ask(forget_shares{});
  CHECK(g.number("select count(*) from shares") == 1);
  g.run_sql("update shares set expires = now() - interval '8 days'");
  g.db.ask(forget_shares{});
  CHECK(g.number("select count(*) from shares") == 0);
}

TEST_CASE("shares: a password is proved, and the proof ends with the password") {
  gallery g;
  g.share({{object_type::image, g.first}}, "argon of it");
  CHECK(g.db.refusal(find_share{g.hash, ""}) == errc::signed_out);
  CHECK(g.db.refusal(find_share{g.hash, "guess"}) == errc::signed_out);
  const auto proof = share_proof(g.hash, "argon of it");
  CHECK(g.db.ask(find_share{g.hash, proof}).kind == session_kind::share);
  CHECK(proof != share_proof(g.hash, "another"));
  CHECK(g.db.refusal(find_share{hash_token("another"), proof}) == errc::not_found);
}

TEST_CASE("shares: their makers look after them, and leaders and administrators") {
  gallery g;
  const auto made = g.share({{object_type::image, g.first}});
  CHECK(made.title == "first");
  CHECK(g.db.ask(list_shares{g.ada}).items.size() == 1);
  CHECK(g.db.ask(list_shares{g.bert, true}).items.empty());
  CHECK(g.db.refusal(revoke_share{g.bert, made.id}) == errc::not_found);
  CHECK(g.db.ask(list_shares{g.root, false}).items.empty());
  CHECK(g.db.ask(list_shares{g.root, true}).items.size() == 1);
  g.db.ask(note_share_view{made.id});
  const auto longer = g.db.ask(extend_share{g.ada, made.id, 90});
  CHECK(longer.views == 1);
  CHECK(longer.expires > made.expires);
  CHECK_FALSE(longer.last_view.empty());
  g.db.ask(revoke_share{g.root, made.id});
  CHECK(g.db.refusal(find_share{g.hash, ""}) == errc::not_found);
  CHECK(g.number("select count(*) from audits where kind = 10") == 3);
}
