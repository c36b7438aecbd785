package django

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/pattern"
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
	if f.foreignORM() || !f.knowsModels() {
		return false
	}
	if manager, ok := access.Value.(*python.Attribute); ok && (manager.Attr == "objects" || manager.Attr == "_default_manager") {
		return true
	}
	switch access.Attr {
	case "refresh_from_db", "select_for_update", "bulk_create", "get_or_create", "update_or_create":
		return true
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

// knowsModels reports whether the file imports something of Django's or a module of models.
func (f *File) knowsModels() bool {
	return slices.ContainsFunc(f.imported(), func(path string) bool {
		return strings.HasPrefix(path, "django.") || strings.Contains(path, "models") || strings.HasPrefix(path, "rest_framework.") ||
			strings.HasPrefix(path, "celery.")
	})
}

// imported returns the qualified names of all that the file imports.
func (f *File) imported() []string {
	var paths []string
	for _, stmt := range f.ImportFroms {
		module := strings.Repeat(".", stmt.Level) + stmt.Module
		for _, alias := range stmt.Names {
			paths = append(paths, module+"."+alias.Name)
		}
	}
	return paths
}

// ManagesConnections reports whether the file itself looks after connections that die: it closes or checks them, or
// expects the errors that they raise.
func (f *File) ManagesConnections() bool {
	return slices.ContainsFunc(f.Calls, func(call *python.Call) bool { return f.ClosesConnections(call.Func) }) ||
		slices.ContainsFunc(f.imported(), func(path string) bool { return connectionErrors[path] }) ||
		slices.ContainsFunc(f.AttributesNamed("connection"), func(access *python.Attribute) bool {
			return f.Qualified(access) == "django.db.connection.connection"
		})
}

// connectionErrors are what a dead connection raises.
var connectionErrors = map[string]bool{
	"django.db.OperationalError": true, "django.db.InterfaceError": true, "django.db.DatabaseError": true,
	"django.db.utils.OperationalError": true, "django.db.utils.InterfaceError": true, "django.db.utils.DatabaseError": true,
}

// ClosesConnections reports whether a node names what lets go of the thread's database connections.
func (f *File) ClosesConnections(node python.Node) bool {
	expr, ok := node.(python.Expr)
	if !ok {
		return false
	}
	name := strings.ToLower(python.LastName(expr))
	if strings.Contains(name, "connection") && closingWord.MatchString(name) || name == "close_all" {
		return true
	}
	access, ok := expr.(*python.Attribute)
	if !ok || access.Attr != "close" && access.Attr != "close_if_unusable_or_obsolete" {
		return false
	}
	// connections["default"].close(), db.connection.close(), conn.close() in a loop over connections.all()
	receiver := access.Value
	if subscript, ok := receiver.(*python.Subscript); ok {
		receiver = subscript.Value
	}
	switch python.LastName(receiver) {
	case "connection", "conn", "connections":
		return true
	}
	// from django.db import connection as db_connection
	qualified := f.Qualified(receiver)
	return qualified == "django.db.connection" || qualified == "django.db.connections"
}

// closingWord says in the name of a function that it lets go of connections or looks whether they still work.
var closingWord = pattern.New(`close|check|ensure|reset|recycle|drop|refresh|reconnect`)
