-- Reports that are made again and again.
create table report_schedule (
    schedule_id blob primary key not null,
    user_id blob not null references user_account on delete cascade,
    name text not null,
    definition text not null,
    -- Grows with each change: what was made of an older one is not taken any more.
    revision integer not null,
    created_at integer not null,
    -- When it is due; null while it is switched off.
    next_fire_at integer
) strict;
create index report_schedule_due on report_schedule (next_fire_at);
create index report_schedule_user on report_schedule (user_id);

-- That a schedule was due, once for each time.
create table report_fire (
    fire_id blob primary key not null,
    schedule_id blob not null references report_schedule on delete cascade,
    due_at integer not null,
    fired_at integer not null,
    by_hand integer not null,
    unique (schedule_id, due_at)
) strict;

-- The fire that asked for a run; null for one that a person asked for.
alter table report_run add column fire_id blob references report_fire on delete set null;
create index report_run_fire on report_run (fire_id);
