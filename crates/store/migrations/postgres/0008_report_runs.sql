-- Reports that were asked for, and the files that were made.
create table report_run (
    run_id uuid primary key not null,
    user_id uuid not null references user_account on delete cascade,
    report text not null,
    parameters text not null,
    shows_people boolean not null,
    state text not null,
    -- Which try it is; only the newest one may finish.
    attempt bigint not null,
    progress bigint not null,
    error_code text,
    requested_at bigint not null,
    started_at bigint,
    ended_at bigint,
    -- When an ended one is removed.
    expires_at bigint,
    -- Until when the node that makes it has it for itself.
    lease_until bigint
);
create index report_run_state on report_run (state, run_id);
create index report_run_user on report_run (user_id, run_id);

create table report_file (
    run_id uuid not null references report_run on delete cascade,
    format text not null,
    byte_count bigint not null,
    part_count bigint not null,
    error_code text,
    primary key (run_id, format)
);

-- What is in the files, piece by piece. They are offered only when the try that wrote them has finished the run.
create table report_part (
    run_id uuid not null references report_run on delete cascade,
    attempt bigint not null,
    format text not null,
    no bigint not null,
    content bytea not null,
    primary key (run_id, attempt, format, no)
);
