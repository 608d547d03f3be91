-- Skills and languages. None is ever removed, only switched off: what was asked for keeps its name.
create table ability (
    ability_id uuid primary key not null,
    -- skill or language.
    kind text not null,
    name text not null,
    name_key text not null,
    -- A language's tag (BCP 47).
    tag text unique,
    active boolean not null,
    unique (kind, name_key)
);

create table user_ability (
    user_id uuid not null references user_account on delete cascade,
    ability_id uuid not null references ability,
    -- 1 to 5.
    proficiency bigint not null,
    primary key (user_id, ability_id)
);

-- How a queue chooses; a queue without a row uses the default.
create table queue_policy (
    queue_id uuid primary key not null references queue on delete cascade,
    body text not null
);

-- What interactions that come like this ask for.
create table demand_rule (
    place bigint primary key not null,
    -- attached or dialled.
    source text not null,
    -- The key of attached data; empty for a dialled number.
    key text not null,
    -- The value of that key, or the number.
    value text not null,
    ability_id uuid not null references ability
);

-- What an interaction asked for when it joined its queue. Without foreign keys, as all facts.
create table interaction_ability (
    interaction_id uuid not null,
    ability_id uuid not null,
    primary key (interaction_id, ability_id)
);
