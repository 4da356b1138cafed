-- What people call a collection; null where that is its name. Servers of the version before show the name.

ALTER TABLE collections ADD COLUMN title text;
