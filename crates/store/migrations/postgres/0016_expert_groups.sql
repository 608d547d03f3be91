-- Experts who are asked together.
create table expert_group (
    group_id uuid primary key not null,
    name text not null,
    name_key text not null unique,
    -- In which way they are asked: a word of domain::consult::HuntMode.
    mode text not null,
    -- How long each may think.
    within_ms bigint not null
);

-- Who is in a group, in the order in which they are asked.
create table expert_group_member (
    group_id uuid not null references expert_group on delete cascade,
    place bigint not null,
    network text not null,
    address text not null,
    name text not null,
    -- Most consults at once, and when not to ask; null: as the network has it.
    consult_limit bigint,
    quiet_hours text,
    primary key (group_id, place),
    unique (group_id, network, address)
);

-- What solved consults were about: values of attached data by which their experts are found again.
create table consult_topic (
    key text not null,
    value text not null,
    started_at bigint not null,
    consult_id uuid not null,
    primary key (key, value, started_at, consult_id)
);

-- The newest interactions with a disposition beside which experts were asked.
create index interaction_with_consult on interaction (disposition_id, started_at) where consult_count > 0;
