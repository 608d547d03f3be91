create table user_account (
    user_id blob primary key not null,
    sign_in_name text not null,
    sign_in_key text not null unique,
    name text not null,
    password_hash text not null,
    roles text not null,
    language text,
    active integer not null,
    created_at integer not null
) strict;

create table session (
    token_hash blob primary key not null,
    user_id blob not null references user_account on delete cascade,
    csrf text not null,
    created_at integer not null,
    seen_at integer not null,
    expires_at integer not null,
    user_agent text not null
) strict;
create index session_of_user on session (user_id);
create index session_by_expiry on session (expires_at);

create table queue (
    queue_id blob primary key not null,
    name text not null,
    name_key text not null unique,
    offer_timeout_ms integer not null,
    wrap_up_mode text not null,
    wrap_up_timeout_ms integer,
    active integer not null
) strict;

create table queue_number (
    number text primary key not null,
    queue_id blob not null references queue on delete cascade
) strict;
create index queue_number_queue on queue_number (queue_id);

create table queue_member (
    queue_id blob not null references queue on delete cascade,
    user_id blob not null references user_account on delete cascade,
    primary key (queue_id, user_id)
) strict, without rowid;
create index queue_member_user on queue_member (user_id);

create table disposition (
    disposition_id blob primary key not null,
    name text not null,
    name_key text not null unique,
    active integer not null
) strict;

create table disposition_queue (
    disposition_id blob not null references disposition on delete cascade,
    queue_id blob not null references queue on delete cascade,
    primary key (disposition_id, queue_id)
) strict, without rowid;

create table attached_key (
    key text primary key not null,
    label text not null,
    private integer not null,
    hidden integer not null,
    place integer not null
) strict;

create table network_account (
    user_id blob not null references user_account on delete cascade,
    network text not null,
    sign_in_name text not null,
    user_name text,
    address text,
    secret blob not null,
    connected_at integer not null,
    primary key (user_id, network)
) strict;

create table network_resume (
    user_id blob not null,
    network text not null,
    value text not null,
    primary key (user_id, network)
) strict;

create table agent (
    user_id blob primary key not null,
    state text not null,
    since_at integer not null,
    body text not null
) strict;

-- What the engine writes names queues, users and dispositions without a foreign key: a fact must
-- never be lost because a row of the administration is missing.
create table interaction (
    interaction_id blob primary key not null,
    queue_id blob not null,
    agent_id blob,
    state text not null,
    caller_number text not null,
    caller_name text,
    dialled_number text not null,
    started_at integer not null,
    answered_at integer,
    call_ended_at integer,
    completed_at integer,
    end_reason text,
    disposition_id blob,
    note text not null,
    wait_ms integer not null,
    talk_ms integer not null,
    hold_ms integer not null,
    wrap_up_ms integer not null,
    consult_count integer not null,
    attached text not null,
    body text not null,
    searched_text text not null
) strict;
create index interaction_started on interaction (started_at, interaction_id);
create index interaction_agent on interaction (agent_id, started_at, interaction_id);
create index interaction_queue on interaction (queue_id, started_at, interaction_id);
create index interaction_live on interaction (started_at) where state <> 'completed';

create table consult (
    consult_id blob primary key not null,
    interaction_id blob references interaction,
    agent_id blob not null,
    network text not null,
    state text not null,
    outcome text,
    started_at integer not null,
    ended_at integer,
    expert_name text not null,
    last_text text not null,
    body text not null
) strict;
create index consult_interaction on consult (interaction_id);
create index consult_agent on consult (agent_id, started_at, consult_id);
create index consult_live on consult (started_at) where state <> 'ended';

create table message (
    message_id blob primary key not null,
    consult_id blob not null references consult,
    by_role text not null,
    author_name text not null,
    text text not null,
    at integer not null,
    state text not null,
    reason text,
    shared text not null,
    network_message_id text,
    unique (consult_id, network_message_id)
) strict;

create table event (
    seq integer primary key not null,
    at integer not null,
    kind text not null,
    interaction_id blob,
    consult_id blob,
    user_id blob,
    by_name text,
    payload text not null
) strict;
create index event_interaction on event (interaction_id, seq) where interaction_id is not null;

create table outbox (
    outbox_id blob primary key not null,
    consult_id blob not null,
    kind text not null,
    payload text not null,
    created_at integer not null
) strict;

create table command_answer (
    user_id blob not null,
    command_id blob not null,
    at integer not null,
    answer text not null,
    primary key (user_id, command_id)
) strict;
create index command_answer_at on command_answer (at);
