-- Wrap-up codes and experts are counted from the facts of a stretch of time.
create index handling_interval on handling (interval_at);
create index invitation_fact_interval on invitation_fact (interval_at);
