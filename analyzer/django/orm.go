package django

import (
	"strings"

	"github.com/djleak/djleak/analyzer/python"
)

// UsesORM reports whether evaluating a node asks the database through Django, as far as one node tells.
func (f *File) UsesORM(node python.Node) bool {
	call, ok := node.(*python.Call)
	if !ok {
		return false
	}
	switch name := f.Qualified(call.Func); name {
	case "django.db.connection.cursor", "django.db.transaction.atomic", "django.shortcuts.get_object_or_404",
		"django.core.management.call_command":
		return true
	default:
		if strings.HasPrefix(name, "django.db.connection.") && strings.HasSuffix(name, ".execute") {
			return true
		}
	}
	access, ok := call.Func.(*python.Attribute)
	if !ok {
		return false
	}
	if manager, ok := access.Value.(*python.Attribute); ok && (manager.Attr == "objects" || manager.Attr == "_default_manager") {
		return !f.foreignORM()
	}
	switch access.Attr {
	case "refresh_from_db", "select_for_update", "bulk_create", "get_or_create", "update_or_create":
		return !f.foreignORM()
	case "save":
		// save(update_fields=...) is a model's alone.
		for _, keyword := range call.Keywords {
			if keyword.Name == "update_fields" || keyword.Name == "force_insert" {
				return true
			}
		}
	}
	return false
}

// ClosesConnections reports whether a node lets go of the thread's database connections.
func (f *File) ClosesConnections(node python.Node) bool {
	expr, ok := node.(python.Expr)
	if !ok {
		return false
	}
	switch name := f.Qualified(expr); name {
	case "django.db.close_old_connections", "django.db.connections.close_all", "django.db.connection.close":
		return true
	}
	access, ok := expr.(*python.Attribute)
	if !ok {
		return false
	}
	switch access.Attr {
	case "close_old_connections", "close_all", "close_if_unusable_or_obsolete", "close_connections", "close_db_connections":
		return true
	case "close":
		// connections["default"].close(), db.connection.close(), conn.close() in a loop over connections.all()
		receiver := lastName(access.Value)
		if subscript, ok := access.Value.(*python.Subscript); ok {
			receiver = lastName(subscript.Value)
		}
		return receiver == "connection" || receiver == "conn" || receiver == "connections"
	}
	return false
}
