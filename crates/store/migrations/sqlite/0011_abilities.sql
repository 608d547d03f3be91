-- Skills and languages. None is ever removed, only switched off: what was asked for keeps its name.
create table ability (
    ability_id blob primary key not null,
    -- skill or language.
    kind text not null,
    name text not null,
    name_key text not null,
    -- A language's tag (BCP 47).
    tag text unique,
    active integer not null,
    unique (kind, name_key)
) strict;

create table user_ability (
    user_id blob not null references user_account on delete cascade,
    ability_id blob not null references ability,
    -- 1 to 5.
    proficiency integer not null,
    primary key (user_id, ability_id)
) strict, without rowid;

-- How a queue chooses; a queue without a row uses the default.
create table queue_policy (
    queue_id blob primary key not null references queue on delete cascade,
    body text not null
) strict;

-- What interactions that come like this ask for.
create table demand_rule (
    place integer primary key not null,
    -- attached or dialled.
    source text not null,
    -- The key of attached data; empty for a dialled number.
    key text not null,
    -- The value of that key, or the number.
    value text not null,
    ability_id blob not null references ability
) strict;

-- What an interaction asked for when it joined its queue. Without foreign keys, as all facts.
create table interaction_ability (
    interaction_id blob not null,
    ability_id blob not null,
    primary key (interaction_id, ability_id)
) strict, without rowid;
