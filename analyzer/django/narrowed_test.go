package django_test

import "testing"

func TestNarrowed(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		expr string
		want bool
	}{
		{"Mail.objects.all()", false},
		{"Mail.objects.filter(status=Status.PENDING)", true},
		{"Mail.objects.filter(status=Status.PENDING.value)", true},
		{"Mail.objects.filter(mail_status='in_progress')", true},
		{"Mail.objects.filter(Q(status='queued') | Q(status='retry'))", true},
		{"Mail.objects.filter(status=Status.SENT)", false},
		{"Mail.objects.filter(shop__status='queued')", false},
		{"Mail.objects.exclude(status='queued')", false},
		{"Mail.objects.filter(status=Status.SENT, due_at__lte=now)", true},
		{"Mail.objects.filter(due_at__lte=now)", false},
		{"Mail.objects.filter(sent=False)", true},
		{"Mail.objects.filter(sent_at__isnull=True)", true},
		{"Mail.objects.filter(sent_at=None)", true},
		{"Mail.objects.filter(sent=True)", false},
		{"Mail.objects.filter(read=False)", false},
		{"Mail.objects.filter(bounced=True, bounced_at__lte=x)", true},
		{"Mail.objects.filter(bounced=True, created_at__lte=x)", false},
		{"Mail.objects.unsent()", true},
		{"Mail.objects.visible()", false},
		{"PendingMail.objects.all()", true},
		{"apps.get_model('shop', 'ScheduledMail').objects.all()", true},
		{"Mail.objects.filter(created__gte=week)", true},
		{"Mail.objects.filter(Q(created__gt=week) | Q(updated__gt=week))", true},
		{"Mail.objects.filter(created__gte=now - timedelta(hours=6))", true},
		{"Mail.objects.filter(created__gte=now - timedelta(days=400))", false},
		{"Mail.objects.filter(created__gte=now - timedelta(days=x))", false},
		{"Mail.objects.filter(created__lt=week)", false},
		{"Mail.objects.filter(created__gte=x, created__lt=y)", true},
		{"Mail.objects.filter(created__gte=now - relativedelta(years=1), created__lt=y)", false},
		{"Mail.objects.filter(created__range=(x, y))", true},
		{"Mail.objects.filter(created__date__range=(week, now))", true},
		{"Mail.objects.filter(created__date__range=(now - timedelta(weeks=26), now))", false},
		{"Mail.objects.filter(created__range=[now - relativedelta(months=6), now])", false},
		{"Mail.objects.filter(created__gte=x, updated__lt=y)", false},
		{"Mail.objects.filter(size__gte=x, size__lt=y)", false},
		{"Mail.objects.filter(created__year=x, created__month=y)", true},
		{"Mail.objects.filter(created__date=x)", true},
		{"Mail.objects.filter(created__year=x)", false},
		{"User.objects.filter(is_staff=True)", true},
		{"User.objects.filter(Q(is_staff=True) | Q(is_superuser=True))", true},
		{"User.objects.filter(is_staff=False)", false},
		{"Profile.objects.filter(can_add_user=True)", true},
		{"Profile.objects.filter(email_confirmed=False)", true},
		{"Mail.objects.filter(user__in=queryset)", true},
		{"Mail.objects.filter(user__in=User.objects.filter(is_active=True))", false},
	} {
		f := view(t, "shop/app.py", "def f(x, y, now, queryset):\n    week = now - timedelta(days=7)\n    show("+test.expr+")")
		if got := f.Narrowed(f.QuerySet(shown(t, f))); got != test.want {
			t.Errorf("Narrowed of %s = %t, want %t", test.expr, got, test.want)
		}
	}
}

func TestMismatched(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		expr string
		want bool
	}{
		{"Mail.objects.filter(text__startswith='[')", true},
		{"Mail.objects.exclude(text__iregex=r'^[0-9]+$')", true},
		{"Mail.objects.filter(text__startswith=x)", false},
		{"Mail.objects.filter(text='')", false},
	} {
		f := view(t, "shop/app.py", "def f(x):\n    show("+test.expr+")")
		if got := f.Mismatched(f.QuerySet(shown(t, f))); got != test.want {
			t.Errorf("Mismatched of %s = %t, want %t", test.expr, got, test.want)
		}
	}
}
