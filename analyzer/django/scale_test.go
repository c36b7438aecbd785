package django_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/django"
)

func TestScale(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		expr  string
		model string
		want  django.Scale
	}{
		{"Order.objects.all()", "Order", django.Collected},
		{"models.OrderLine.objects.all()", "OrderLine", django.Collected},
		{"Shop_Log.objects.all()", "Shop_Log", django.Collected},
		{"UserPreference.objects.all()", "UserPreference", django.UnknownScale},
		{"UserAgreement.objects.all()", "UserAgreement", django.UnknownScale},
		{"Event.objects.all()", "Event", django.UnknownScale},
		{"analytics.models.Event.objects.all()", "Event", django.Collected},
		{"LoginEvent.objects.all()", "LoginEvent", django.Collected},
		{"PartnerEvent.objects.all()", "PartnerEvent", django.UnknownScale},
		{"InvertOrder.objects.all()", "InvertOrder", django.UnknownScale},
		{"CatalogueItem.objects.all()", "CatalogueItem", django.UnknownScale},
		{"Item.objects.all()", "Item", django.Collected},
		{"OrderItem.objects.all()", "OrderItem", django.Collected},
		{"Dimension.objects.all()", "Dimension", django.Configured},
		{"Product.objects.all()", "Product", django.Collected},
		{"BlogPost.objects.all()", "BlogPost", django.UnknownScale},
		{"Review.objects.all()", "Review", django.Collected},
		{"timeline.objects.all()", "timeline", django.UnknownScale},
		{"singular.objects.all()", "order", django.Collected},
		{"HistoricalBrand.objects.all()", "HistoricalBrand", django.Collected},
		{"UserProfile.objects.all()", "UserProfile", django.Collected},
		{"SalesRepProfile.objects.all()", "SalesRepProfile", django.Configured},
		{"Blog.objects.all()", "Blog", django.UnknownScale},
		{"Basketball.objects.all()", "Basketball", django.UnknownScale},
		{"Bottle.objects.all()", "Bottle", django.UnknownScale},
		{"Edition.objects.all()", "Edition", django.UnknownScale},
		{"Plugin.objects.all()", "Plugin", django.Configured},
		{"OrderStatus.objects.all()", "OrderStatus", django.Configured},
		{"OrderStatus.objects.filter(name='lost')", "OrderStatus", django.Configured},
		{"OrderStatus.objects.filter(state=None)", "OrderStatus", django.Configured},
		{"OrderStatus.objects.exclude(state='lost')", "OrderStatus", django.UnknownScale},
		{"Plugin.objects.exclude(state='lost')", "Plugin", django.Configured},
		{"GroupProfile.objects.all()", "GroupProfile", django.Configured},
		{"UserProfile.objects.all()", "UserProfile", django.Collected},
		{"UserGroup.objects.all()", "UserGroup", django.Configured},
		{"Webhooks.objects.all()", "Webhooks", django.Configured},
		{"School.objects.all()", "School", django.Configured},
		{"EnterpriseCustomer.objects.all()", "EnterpriseCustomer", django.Configured},
		{"Messages.objects.all()", "Messages", django.Collected},
		{"historical.objects.all()", "OrderLine", django.Collected},
		{"lower.objects.all()", "orderline", django.Collected},
		{"dotted.objects.all()", "Plugin", django.Configured},
		{"keyword.objects.all()", "Bottle", django.UnknownScale},
		{"people.objects.all()", "User", django.Collected},
		{"get_user_model().objects.all()", "User", django.Collected},
		{"swapped.objects.all()", "User", django.Collected},
		{"any_model.objects.all()", "", django.UnknownScale},
		{"x.objects.all()", "", django.UnknownScale},
		{"x.lines.filter(open=True)", "", django.UnknownScale},
	} {
		f := view(t, "shop/app.py", `from django.apps import apps
from django.contrib.auth import get_user_model
import analytics.models
def f(x):
    timeline = apps.get_model("shop", "timeline")
    singular = apps.get_model("shop", "order")
    historical = apps.get_model("shop", "OrderLine")
    lower = apps.get_model("shop", "orderline")
    dotted = apps.get_model("shop.Plugin")
    keyword = apps.get_model(app_label="shop", model_name="Bottle")
    people = get_user_model()
    swapped = apps.get_model(*settings.AUTH_USER_MODEL.split("."))
    any_model = apps.get_model("shop", x)
    show(`+test.expr+")")
		rows := f.QuerySet(shown(t, f))
		if got := f.ModelName(rows); got != test.model {
			t.Errorf("ModelName of %s = %q, want %q", test.expr, got, test.model)
		}
		if got := f.Scale(rows); got != test.want {
			t.Errorf("Scale of %s = %v, want %v", test.expr, got, test.want)
		}
	}
}

func TestScaleInOtherApps(t *testing.T) {
	t.Parallel()
	for _, expr := range []string{"Product.objects.all()", "Event.objects.all()"} {
		f := view(t, "club/app.py", "from club.models import Event, Product\ndef f():\n    show("+expr+")")
		if got := f.Scale(f.QuerySet(shown(t, f))); got != django.UnknownScale {
			t.Errorf("Scale of %s = %v, want %v", expr, got, django.UnknownScale)
		}
	}
}

func TestScaleOfWhatIsIndexed(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		index string
		want  django.Scale
	}{
		{"{b.slug: b for b in Bottle.objects.all()}", django.Configured},
		{"{b.name: b.pk for b in Bottle.objects.order_by('name')}", django.Configured},
		{"{b.pk: b for b in Bottle.objects.all()}", django.UnknownScale},
		{"{b.slug: b for b in Bottle.objects.filter(shop=x)}", django.UnknownScale},
		{"{b.slug: b for b in Bottle.objects.all() if b.full}", django.UnknownScale},
		{"{b.slug: b for b in Glass.objects.all()}", django.UnknownScale},
	} {
		f := view(t, "shop/app.py", "def f(x):\n    by = "+test.index+"\n    show(Bottle.objects.all())")
		if got := f.Scale(f.QuerySet(shown(t, f))); got != test.want {
			t.Errorf("Scale beside %s = %v, want %v", test.index, got, test.want)
		}
	}
}
