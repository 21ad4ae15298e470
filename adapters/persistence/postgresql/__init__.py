"""Storage on PostgreSQL through psycopg 3; imported only where a URL asks for it."""
