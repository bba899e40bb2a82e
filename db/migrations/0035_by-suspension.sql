-- Sessions whose former forms are given back are found by their suspension.
create index session_by_suspension on session (suspension) where suspension is not null;
