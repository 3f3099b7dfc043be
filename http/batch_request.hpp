// Requests about many objects: asked now, or made a job of.

#pragma once

#include "http/arguments.hpp"
#include "http/batch_json.hpp"
#include "http/desk.hpp"
#include "schema/queries/job_acts.hpp"

namespace troupe::http {

/// Keeps it as a job and wakes the room. 202 with the job.
web_response begin_job(desk& d, web_request& in, create_job job);

/// Asks about the objects. With ?background=true a job does it, and that is answered.
template <class Q, class Respond>
web_response ask_many(desk& d, web_request& in, Q question, chosen_objects objects,
                      Respond respond) {
  listed_in(question) = std::move(objects.ids);
  if (flag(in, "background"))
    return begin_job(d, in, job_of(std::move(question), std::move(objects.chosen)));
  return d.ask_catalogue(in, selected{std::move(question), std::move(objects.chosen)},
                         std::move(respond));
}

} // namespace troupe::http
