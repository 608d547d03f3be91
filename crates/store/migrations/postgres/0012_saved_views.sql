-- Views of a page that a user has saved: what is filtered, which columns there are, what is sorted by.
create table saved_view (
    view_id uuid primary key not null,
    user_id uuid not null references user_account on delete cascade,
    -- The page's word.
    page text not null,
    name text not null,
    -- Whether others see it.
    shared boolean not null,
    -- The query of the page's address.
    filters text not null,
    layout text not null,
    -- Grows with each change: what was read of an older one does not overwrite it.
    revision bigint not null,
    created_at bigint not null,
    changed_at bigint not null
);
create index saved_view_user on saved_view (user_id);
create index saved_view_page on saved_view (page, shared);
