package django

// collected are the last words in the names of models whose rows come with use: from people who sign up, buy, write,
// upload, and from what machines record. A word stands here where nearly every project means that by it. Words that half of
// them mean otherwise do not: an event is a click in one and a conference in another, a client one of a thousand customers or
// one of three programs, a person whoever signed up or a member of a parliament.
var collected = []string{
	"User", "Profile", "Account", "Membership", "Customer", "Contact", "Employee", "Student",
	"Learner", "Patient", "Subscriber", "Follower", "Author", "Participant", "Attendee", "Visitor", "Guest", "Lead",
	"Applicant", "Candidate", "Voter",
	"Line", "Cart", "Invoice", "Payment", "Transaction", "Charge", "Refund", "Purchase", "Sale",
	"Shipment", "Fulfillment", "Booking", "Reservation", "Subscription", "Voucher", "VoucherCode", "Coupon", "Donation", //nolint:misspell // People write both.
	"Message", "Msg", "Mail", "Email", "Sms", "Notification", "Comment", "Reply", "Post", "Thread", "Conversation", "Article",
	"Answer", "Opinion", "Review", "Feedback", "Note", "UserAnnotation", "Translation", "Sentence", "Tweet", "Mention",
	"Reaction", "Like", "Vote", "Rating", "Bookmark", "Favorite", "Favourite", "Follow", //nolint:misspell // People write both.
	"Document", "File", "Attachment", "Upload", "Image", "Photo", "Picture", "Video", "Audio", "Thumbnail", "Asset",
	"Artifact", "Recording", "Screenshot", "Edition", "Publication", "Paper",
	"Log", "Entry", "Record", "History", "Revision", "Snapshot", "Audit", "Visit", "Hit", "Click",
	"Session", "Response", "Submission", "Result", "Run", "Build", "Execution", "Attempt", "Measurement", "Reading",
	"Observation", "Alert", "Incident", "Finding", "Violation", "Crash", "Ticket", "Signature", "Score", "Grade",
	"Registration", "Attendance", "Appointment", "Invitation", "Invite", "Token", "Address", "Device", "Ping",
	"Heartbeat", "Commit", "Listing", "Offer", "Bid", "Quote", "Docket", "Trace", "Span", "Trip", "Episode",
	"Song", "Crawl", "Blob", "Transfer", "Delivery", "Bounce", "Chunk",
	// Orders, enrolments and what stands in lists.
	"CustomerOrder", "PurchaseOrder", "SalesOrder", "WorkOrder", "ShopOrder", "CateringOrder", "BatchOrder", "FoodOrder", "TicketOrder",
	"CourseEnrollment", "StudentEnrollment", "ClassEnrollment", "ProgramEnrollment",
	"OrderLine", "OrderItem", "CartItem", "BasketItem", "LineItem", "InvoiceItem", "ListItem", "FeedItem", "NewsItem", "InboxItem",
	// Events that machines record.
	"AccessEvent", "ActivityEvent", "AlertEvent", "AnalyticsEvent", "AuditEvent", "ClickEvent", "DeliveryEvent", "DeviceEvent",
	"EmailEvent", "EnrollmentEvent", "ErrorEvent", "LogEvent", "LoginEvent", "MailEvent", "MessageEvent", "NotificationEvent",
	"OrderEvent", "PageEvent", "PaymentEvent", "SearchEvent", "SecurityEvent", "SessionEvent", "StatusEvent", "StripeEvent", "TaskEvent",
	"TrackingEvent", "UsageEvent", "UserEvent", "ViewEvent", "WebhookEvent",
}

// alone are such words where they are the whole name. Behind another word they may be anything: an InvertOrder is one of
// animals, a CatalogueItem one of a few that somebody describes, a WorkBasket what staff work on.
var alone = []string{"Order", "Item", "Basket", "Enrollment"}

// collectedIn are names of models that say so in some apps: a shop's products, an analysis' events.
var collectedIn = map[string][]string{
	"Product": {"shop", "store", "catalogue", "catalog", "product", "products", "ecommerce", "marketplace", "inventory"},
	"Event":   {"analytics", "tracking", "stats", "metrics", "audit", "log", "logs", "logging", "telemetry", "monitoring", "usage"},
}

// edited end the names of models that end in such a word too, and whose rows the editors of a site write.
var edited = []string{"BlogPost", "BlogEntry", "NewsletterItem", "PartnerImage", "SponsorImage"}

// configured are the last words in the names of models whose rows people set up.
var configured = []string{
	"Plugin", "Widget", "Module", "Component", "Function", "Extension", "Permission", "Schedule", "ScheduledTask",
	"ScheduledJob", "Webhook", "WebHook", "Gallery", "Storage", "Scenario", "Partner", "Organization", "Organisation", "Tenant", //nolint:misspell // People write both.
	"Project", "Team", "Facility", "Workflow", "Definition", "Environment", "Connector", "Ontology", "Channel", "Namespace",
	"Remote", "Distribution", "Policy", "Field", "Relationship", "Experiment", "Program", "Integration", "Credential", "Catalog",
	"Catalogue", "WebhookSubscription", "Website", "Index", "Source", "App", "Application", "Hook", "Menu", "MenuItem", "Layout", "Dashboard", "Queue",
	"Phase", "Stage", "Status", "State", "Level", "Department", "Office", "Warehouse", "Shop", "Brand", "Tax", "Zone",
	"Workspace", "Space", "Holiday", "Skin", "Icon", "Badge", "Rule", "Schema", "Vocabulary", "Taxonomy", "Dimension", "Parameter", "Switch",
	"Campaign", "Newsletter", "Scope", "Preset", "Reason", "HelpEntry", "Metadata", "Epic", "Milestone", "Sprint", "Folder", "Tag", "Label", "GroupMember", "TeamMember", "ProjectMember",
}
