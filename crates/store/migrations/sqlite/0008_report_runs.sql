-- Reports that were asked for, and the files that were made.
create table report_run (
    run_id blob primary key not null,
    user_id blob not null references user_account on delete cascade,
    report text not null,
    parameters text not null,
    shows_people integer not null,
    state text not null,
    -- Which try it is; only the newest one may finish.
    attempt integer not null,
    progress integer not null,
    error_code text,
    requested_at integer not null,
    started_at integer,
    ended_at integer,
    -- When an ended one is removed.
    expires_at integer,
    -- Until when the node that makes it has it for itself.
    lease_until integer
) strict;
create index report_run_state on report_run (state, run_id);
create index report_run_user on report_run (user_id, run_id);

create table report_file (
    run_id blob not null references report_run on delete cascade,
    format text not null,
    byte_count integer not null,
    part_count integer not null,
    error_code text,
    primary key (run_id, format)
) strict;

-- What is in the files, piece by piece. They are offered only when the try that wrote them has finished the run.
create table report_part (
    run_id blob not null references report_run on delete cascade,
    attempt integer not null,
    format text not null,
    no integer not null,
    content blob not null,
    primary key (run_id, attempt, format, no)
) strict;
