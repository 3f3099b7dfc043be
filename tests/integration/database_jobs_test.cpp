// Long work: step by step, with the rights of each moment.

#include "schema/queries/job_acts.hpp"
#include "schema/queries/people.hpp"
#include "tests/support/lab.hpp"

using namespace troupe;
using test::json;
using test::lab;

namespace {

using ids = std::vector<int64_t>;

struct office : lab {
  /// @returns the ids of so many new datasets of Ada's.
  ids datasets(int count) {
    run_sql(fmt::format("insert into datasets (owner_id, group_id, name)"
                        " select {}, {}, 'd ' || n from generate_series(1, {}) as n",
                        ada.account, group, count));
    const auto last = number("select max(id) from datasets");
    ids out;
    for (auto id = last - count + 1; id <= last; ++id)
      out.push_back(id);
    return out;
  }
  template <class Q>
  int64_t begin(const viewer& who, Q q, std::optional<selection> chosen = {}) {
    auto job = job_of(std::move(q), std::move(chosen));
    job.who = who;
    return json::parse(db.ask(job).text).at("id");
  }
  change_objects describing(ids which, const std::string& words = "new") {
    return {.who = {},
            .type = object_type::dataset,
            .ids = std::move(which),
            .description = words};
  }
  /// As the room does it. @returns whose step it was, 0 when there was nothing to do.
  int64_t step() {
    const auto job = db.ask(claim_job{});
    if (job == 0)
      return 0;
    try {
      db.ask(advance_job{job});
    } catch (const failure& f) {
      db.ask(fail_job{job, f.code, f.what()});
    }
    return job;
  }
  void work() {
    while (step() != 0) {
    }
  }
  json job(const viewer& who, int64_t id) {
    return json::parse(db.ask(find_job{who, id}).text);
  }
  int64_t described(const std::string& words = "new") {
    return number("select count(*) from datasets where description = '" + words + "'");
  }
};

} // namespace

TEST_CASE("jobs: a thousand objects at a time, and what became of each") {
  office o;
  auto which = o.datasets(1500);
  const auto absent = which.back() + 1;
  which.push_back(absent);
  const auto id = o.begin(o.ada, o.describing(which));
  CHECK(o.job(o.ada, id).at("state") == "waiting");
  CHECK(o.described() == 0);
  CHECK(o.step() == id);
  auto now = o.job(o.ada, id);
  CHECK(now.at("state") == "running");
  CHECK(now.at("handled") == 1000);
  CHECK(now.at("total") == 1501);
  CHECK(o.described() == 1000);
  o.work();
  now = o.job(o.ada, id);
  CHECK(now.at("act") == "change");
  CHECK(now.at("type") == "dataset");
  CHECK(now.at("state") == "done");
  CHECK(now.at("handled") == 1501);
  CHECK(now.at("refused") == 1);
  CHECK_FALSE(now.at("ended").is_null());
  CHECK(o.described() == 1500);

  const auto refused =
    o.db.ask(list_job_results{.who = o.ada, .job = id, .refused = true, .page = {}});
  REQUIRE(refused.total == 1);
  CHECK(json::parse(refused.items.at(0).text)
        == json{{"id", absent},
                {"error", "not-found"},
                {"reason", fmt::format("dataset {}", absent)}});
  const auto first =
    o.db.ask(list_job_results{.who = o.ada, .job = id, .page = {.limit = 1000}});
  CHECK(first.total == 1501);
  CHECK(first.items.size() == 1000);
  const auto rest =
    o.db.ask(list_job_results{.who = o.ada, .job = id, .page = {first.next, 1000}});
  CHECK(rest.items.size() == 501);
  CHECK(rest.next.empty());
}

TEST_CASE("jobs: cancelled between steps, by their owner or who may delete theirs") {
  office o;
  const auto id = o.begin(o.ada, o.describing(o.datasets(1500)));
  o.step();
  CHECK(o.db.refusal(cancel_job{o.bert, id}) == errc::not_found);
  CHECK(o.db.refusal(cancel_job{o.ada, id}) == errc::none);
  CHECK(o.step() == 0);
  CHECK(o.job(o.ada, id).at("state") == "cancelled");
  CHECK(o.job(o.ada, id).at("handled") == 1000);
  CHECK(o.described() == 1000);
  CHECK(o.db.refusal(cancel_job{o.ada, id}) == errc::conflict);
  const auto another = o.begin(o.ada, o.describing(o.datasets(1)));
  CHECK(o.db.refusal(cancel_job{o.root, another}) == errc::none);
  CHECK(
    o.number("select account_id from audits where action = 19 order by at desc limit 1")
    == o.root.account);
  o.work();
  CHECK(o.described() == 1000);
}

TEST_CASE("jobs: an account that is switched off does nothing more") {
  office o;
  const auto id = o.begin(o.ada, o.describing(o.datasets(1500)));
  o.step();
  o.db.ask(
    change_person{.who = o.root, .account = o.ada.account, .words = {}, .active = false});
  o.work();
  const auto now = o.job(o.root, id);
  CHECK(now.at("state") == "failed");
  CHECK(now.at("error") == "denied");
  CHECK(now.at("handled") == 1000);
  CHECK(o.described() == 1000);
}

TEST_CASE("jobs: the rights are those of each step, signed in or not") {
  office o;
  const auto which = o.datasets(1500);
  const auto id = o.begin(o.bert, o.describing(which));
  o.step();
  CHECK(o.job(o.bert, id).at("refused") == 1000); // not his
  o.db.ask(change_group{.who = o.root, .group = o.group, .level = group_level::write});
  o.db.ask(close_session{hash_token("bert")});
  o.work();
  CHECK(o.job(o.root, id).at("refused") == 1000);
  CHECK(o.described() == 500);
}

TEST_CASE("jobs: a new annotation is made once, whatever the number of steps") {
  office o;
  annotate_objects q{
    .who = {}, .type = object_type::dataset, .ids = o.datasets(1500), .annotations = {}};
  q.fresh.push_back({.kind = metadata::annotation_kind::comment,
                     .value = "looked at",
                     .name_space = "",
                     .description = "",
                     .file = {}});
  o.begin(o.bert, q);
  o.work();
  CHECK(o.number("select count(*) from annotations") == 1);
  CHECK(o.number("select count(*) from annotation_links") == 1500);
}

TEST_CASE("jobs: what is one transaction is previewed, then done as a whole") {
  office o;
  const auto dataset = o.dataset("to go");
  const auto image = o.image("a.tif", dataset);
  delete_objects q{.who = {},
                   .type = object_type::dataset,
                   .ids = {dataset, 999},
                   .contents = true,
                   .keep = {}};
  const auto cancelled = o.begin(o.ada, q);
  CHECK(o.step() == cancelled);
  auto now = o.job(o.ada, cancelled);
  CHECK(now.at("state") == "running");
  CHECK(now.at("handled") == 0);
  CHECK(now.at("answer").at("preview") == true);
  CHECK(now.at("answer").at("counts").at("image") == 1);
  CHECK(o.has("datasets", dataset));
  o.db.ask(cancel_job{o.ada, cancelled});
  o.work();
  CHECK(o.has("datasets", dataset));

  const auto id = o.begin(o.ada, q);
  o.work();
  now = o.job(o.ada, id);
  CHECK(now.at("state") == "done");
  CHECK(now.at("handled") == 2);
  CHECK(now.at("refused") == 1);
  CHECK(now.at("answer").at("preview") == false);
  CHECK_FALSE(o.has("datasets", dataset));
  CHECK_FALSE(o.has("images", image));
  o.db.ask(restore_trash{o.ada, now.at("answer").at("trash")});
  CHECK(o.has("images", image));
}

TEST_CASE("jobs: a step that fails changes nothing and says why") {
  office o;
  const auto dataset = o.dataset("stays");
  const auto id = o.begin(
    o.ada, move_objects{
             .who = {}, .type = object_type::dataset, .ids = {dataset}, .group = 999});
  o.work();
  const auto now = o.job(o.ada, id);
  CHECK(now.at("state") == "failed");
  CHECK(now.at("error") == "not-found");
  CHECK(now.at("reason") == "group 999");
  CHECK(now.at("handled") == 0);
}

TEST_CASE("jobs: one whose step breaks off again and again is given up") {
  office o;
  const auto id = o.begin(o.ada, o.describing(o.datasets(2)));
  for (int i = 0; i < 5; ++i)
    CHECK(o.db.ask(claim_job{}) == id);
  CHECK(o.db.ask(claim_job{}) == 0);
  CHECK(o.job(o.ada, id).at("state") == "failed");
  CHECK(o.described() == 0);
}

TEST_CASE("jobs: they take turns") {
  office o;
  const auto slow = o.begin(o.ada, o.describing(o.datasets(2500), "slow"));
  const auto fast = o.begin(o.bert, rate_objects{.who = {},
                                                 .type = object_type::dataset,
                                                 .ids = o.datasets(2),
                                                 .rating = 3});
  CHECK(o.step() == slow);
  CHECK(o.step() == fast);
  CHECK(o.job(o.bert, fast).at("state") == "done");
  CHECK(o.step() == slow);
  CHECK(o.step() == slow);
  CHECK(o.step() == 0);
}

TEST_CASE("jobs: the list is what was found when it was begun") {
  office o;
  o.datasets(3);
  const auto id = o.begin(o.ada, o.describing({}), selection{.query = "type:dataset d"});
  o.datasets(2);
  CHECK(o.job(o.ada, id).at("total") == 3);
  o.work();
  CHECK(o.described() == 3);
}

TEST_CASE("jobs: what was asked is kept whole") {
  office o;
  const auto project = o.db.ask(create_project{o.ada, "p", ""}).id,
             other = o.db.ask(create_project{o.ada, "q", ""}).id;
  const auto which = o.datasets(2);
  const auto projects_of = [&](int64_t dataset) {
    return o.number(fmt::format(
      "select cast(coalesce(sum(parent_id), 0) as bigint) from links where child_id = {}"
      " and kind = 1",
      dataset));
  };
  link_objects q{.who = {},
                 .parent_type = object_type::project,
                 .child_type = object_type::dataset,
                 .parent = project,
                 .from = {},
                 .children = which};
  o.begin(o.ada, q);
  o.work();
  CHECK(projects_of(which[0]) == project);
  q.parent = other;
  q.from = project;
  o.begin(o.ada, q);
  o.work();
  CHECK(projects_of(which[1]) == other);
  o.begin(o.ada, unlink_objects{.who = {},
                                .parent_type = object_type::project,
                                .child_type = object_type::dataset,
                                .parent = other,
                                .children = which});
  o.work();
  CHECK(projects_of(which[0]) == 0);
  const auto tag = o.tag(o.ada, "kept");
  o.put(tag, object_type::dataset, which[0], o.ada);
  delete_objects all{
    .who = {}, .type = object_type::dataset, .ids = which, .keep = {"tag"}, .days = 3};
  const auto id = o.begin(o.ada, all);
  o.work();
  CHECK(o.job(o.ada, id).at("state") == "done");
  CHECK(o.has("annotations", tag));
  CHECK(
    o.number("select count(*) from trash where purge_after < now() + interval '4 days'")
    == 1);
}

TEST_CASE("jobs: who sees which, and what is no job") {
  office o;
  const auto which = o.datasets(1);
  const auto id = o.begin(o.ada, o.describing(which));
  CHECK(o.db.refusal(find_job{o.bert, id}) == errc::not_found);
  CHECK(o.db.refusal(list_job_results{.who = o.bert, .job = id, .page = {}})
        == errc::not_found);
  CHECK(o.db.refusal(find_job{o.root, id}) == errc::none);
  CHECK(o.db.ask(list_jobs{.who = o.bert, .page = {}}).total == 0);
  CHECK(o.db.ask(list_jobs{.who = o.ada, .page = {}}).total == 1);
  CHECK(o.db.ask(list_jobs{.who = o.root, .page = {}}).total == 0);
  CHECK(o.db.ask(list_jobs{.who = o.root, .all = true, .page = {}}).total == 1);
  CHECK(o.db.refusal(list_jobs{.who = o.ada, .all = true, .page = {}}) == errc::denied);

  auto refused = [&](const viewer& who, const ids& list) {
    auto job = job_of(o.describing(list), {});
    job.who = who;
    return o.db.refusal(job);
  };
  auto guest = o.bert;
  guest.author = 0;
  CHECK(refused(guest, which) == errc::denied);
  CHECK(refused(o.ada, {}) == errc::bad_request);
  const delete_objects preview{.who = {}, .ids = which, .preview = true, .keep = {}};
  CHECK_THROWS_AS(job_of(preview, {}), failure);
  for (int i = 0; i < 99; ++i)
    CHECK(refused(o.ada, which) == errc::none);
  CHECK(refused(o.ada, which) == errc::conflict);
  CHECK(refused(o.bert, which) == errc::none);

  o.work();
  CHECK(o.db.ask(list_jobs{.who = o.ada, .open = true, .page = {}}).total == 0);
  const auto page = o.db.ask(list_jobs{.who = o.ada, .page = {.limit = 60}});
  CHECK(page.total == 100);
  CHECK(json::parse(page.items.back().text).at("id") > id);
  CHECK(o.db.ask(list_jobs{.who = o.ada, .page = {page.next, 60}}).items.size() == 40);
  o.db.ask(forget_jobs{});
  CHECK(o.number("select count(*) from batch_jobs") == 101);
  o.run_sql("update batch_jobs set ended = now() - interval '15 days' where id = "
            + std::to_string(id));
  o.db.ask(forget_jobs{});
  CHECK(o.number("select count(*) from batch_jobs") == 100);
  CHECK(o.number("select count(*) from batch_job_results where job_id = "
                 + std::to_string(id))
        == 0);
}
