"""The project of the rules' pages: a shop with customers, orders and their lines."""
