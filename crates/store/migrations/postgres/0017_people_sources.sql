-- What the server signs in to a source with, encrypted.
create table people_source_secret (
    source_id uuid primary key not null references people_source on delete cascade,
    secret bytea not null
);

-- The hash of the token that a source signs in with.
create table people_source_token (
    source_id uuid primary key not null references people_source on delete cascade,
    token_hash bytea not null unique,
    made_at bigint not null
);

-- What a source that provisions has told of a user, be they active or not. An active one is a person as well.
create table provisioned_user (
    provisioned_id uuid primary key not null,
    source_id uuid not null references people_source on delete cascade,
    user_name text not null,
    user_name_key text not null,
    external_id text,
    active boolean not null,
    -- As JSON.
    resource text not null,
    -- Counts the changes of this user.
    revision bigint not null,
    created_at bigint not null,
    changed_at bigint not null,
    unique (source_id, user_name_key)
);
create index provisioned_user_source on provisioned_user (source_id, provisioned_id);
create index provisioned_user_external on provisioned_user (source_id, external_id) where external_id is not null;
