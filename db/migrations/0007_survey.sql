-- What people say of a session afterwards. An answer names neither booking nor session nor moment, and its id is random, so
-- that nothing leads from it to who gave it.
create table survey_answer (
  id text not null primary key,
  programme text not null references programme (id),
  prefecture text not null,
  kind text not null,
  month text not null,
  satisfaction integer not null,
  understood integer not null,
  telework text not null,
  recommend integer not null,
  comment text not null,
  constraint survey_kind_is_known check (kind in ('consultation', 'seminar')),
  constraint survey_satisfaction_is_one_to_five check (satisfaction between 1 and 5),
  constraint survey_understood_is_one_to_five check (understood between 1 and 5),
  constraint survey_telework_is_known check (telework in ('started', 'within_year', 'considering', 'no')),
  constraint survey_recommend_is_one_to_five check (recommend between 1 and 5),
  constraint survey_comment_is_short check (length(comment) <= 1000)
);
create index survey_answer_by_month on survey_answer (programme, prefecture, month);
