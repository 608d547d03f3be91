create index interaction_disposition on interaction (disposition_id, started_at, interaction_id);
