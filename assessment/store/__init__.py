"""What is kept: SQLAlchemy tables, how a database is opened, and how its schema is upgraded."""
