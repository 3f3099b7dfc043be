-- How often samples of a channel are in each of equally wide bins, over the whole image:
-- {from, to, counts, exact}. An estimate (not exact) gives way to what was counted later.

alter table channels add column histogram jsonb;
alter table channels add constraint channels_histogram_is_object
  check (histogram is null or jsonb_typeof(histogram) = 'object');
