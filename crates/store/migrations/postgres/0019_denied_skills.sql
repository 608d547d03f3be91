-- Skills that the person does not have, whatever sources say. As a JSON list.
alter table person add column denied_skills text not null default '[]';
