create table user_account (
    user_id uuid primary key not null,
    sign_in_name text not null,
    sign_in_key text not null unique,
    name text not null,
    password_hash text not null,
    roles text not null,
    language text,
    active boolean not null,
    created_at bigint not null
);

create table session (
    token_hash bytea primary key not null,
    user_id uuid not null references user_account on delete cascade,
    csrf text not null,
    created_at bigint not null,
    seen_at bigint not null,
    expires_at bigint not null,
    user_agent text not null
);
create index session_of_user on session (user_id);
create index session_by_expiry on session (expires_at);

create table queue (
    queue_id uuid primary key not null,
    name text not null,
    name_key text not null unique,
    offer_timeout_ms bigint not null,
    wrap_up_mode text not null,
    wrap_up_timeout_ms bigint,
    active boolean not null
);

create table queue_number (
    number text primary key not null,
    queue_id uuid not null references queue on delete cascade
);
create index queue_number_queue on queue_number (queue_id);

create table queue_member (
    queue_id uuid not null references queue on delete cascade,
    user_id uuid not null references user_account on delete cascade,
    primary key (queue_id, user_id)
);
create index queue_member_user on queue_member (user_id);

create table disposition (
    disposition_id uuid primary key not null,
    name text not null,
    name_key text not null unique,
    active boolean not null
);

create table disposition_queue (
    disposition_id uuid not null references disposition on delete cascade,
    queue_id uuid not null references queue on delete cascade,
    primary key (disposition_id, queue_id)
);

create table attached_key (
    key text primary key not null,
    label text not null,
    private boolean not null,
    hidden boolean not null,
    place bigint not null
);

create table network_account (
    user_id uuid not null references user_account on delete cascade,
    network text not null,
    sign_in_name text not null,
    user_name text,
    address text,
    secret bytea not null,
    connected_at bigint not null,
    primary key (user_id, network)
);

create table network_resume (
    user_id uuid not null,
    network text not null,
    value text not null,
    primary key (user_id, network)
);

create table agent (
    user_id uuid primary key not null,
    state text not null,
    since_at bigint not null,
    body text not null
);

-- What the engine writes names queues, users and dispositions without a foreign key: a fact must
-- never be lost because a row of the administration is missing.
create table interaction (
    interaction_id uuid primary key not null,
    queue_id uuid not null,
    agent_id uuid,
    state text not null,
    caller_number text not null,
    caller_name text,
    dialled_number text not null,
    started_at bigint not null,
    answered_at bigint,
    call_ended_at bigint,
    completed_at bigint,
    end_reason text,
    disposition_id uuid,
    note text not null,
    wait_ms bigint not null,
    talk_ms bigint not null,
    hold_ms bigint not null,
    wrap_up_ms bigint not null,
    consult_count bigint not null,
    attached text not null,
    body text not null,
    searched_text text not null
);
create index interaction_started on interaction (started_at, interaction_id);
create index interaction_agent on interaction (agent_id, started_at, interaction_id);
create index interaction_queue on interaction (queue_id, started_at, interaction_id);
create index interaction_live on interaction (started_at) where state <> 'completed';

create table consult (
    consult_id uuid primary key not null,
    interaction_id uuid references interaction,
    agent_id uuid not null,
    network text not null,
    state text not null,
    outcome text,
    started_at bigint not null,
    ended_at bigint,
    expert_name text not null,
    last_text text not null,
    body text not null
);
create index consult_interaction on consult (interaction_id);
create index consult_agent on consult (agent_id, started_at, consult_id);
create index consult_live on consult (started_at) where state <> 'ended';

create table message (
    message_id uuid primary key not null,
    consult_id uuid not null references consult,
    by_role text not null,
    author_name text not null,
    text text not null,
    at bigint not null,
    state text not null,
    reason text,
    shared text not null,
    network_message_id text,
    unique (consult_id, network_message_id)
);

create table event (
    seq bigint primary key not null,
    at bigint not null,
    kind text not null,
    interaction_id uuid,
    consult_id uuid,
    user_id uuid,
    by_name text,
    payload text not null
);
create index event_interaction on event (interaction_id, seq) where interaction_id is not null;

create table outbox (
    outbox_id uuid primary key not null,
    consult_id uuid not null,
    kind text not null,
    payload text not null,
    created_at bigint not null
);

create table command_answer (
    user_id uuid not null,
    command_id uuid not null,
    at bigint not null,
    answer text not null,
    primary key (user_id, command_id)
);
create index command_answer_at on command_answer (at);
