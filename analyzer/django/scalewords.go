package django

// collected are the last words in the names of models whose rows come with use, from people who sign up, buy and write, and from
// what machines record. A word stands here where nearly every project means that by it.
var collected = []string{
	"Customer", "Student", "Learner", "Patient", "Subscriber", "Follower", "Participant", "Attendee", "Visitor", "Guest",
	"Applicant", "Candidate", "Voter",
	"Cart", "Invoice", "Payment", "Transaction", "Charge", "Refund", "Purchase", "Sale", "Shipment", "Booking",
	"Reservation", "Donation", "Fulfillment", //nolint:misspell // People write both.
	"Message", "Msg", "Mail", "Email", "Sms", "Notification", "Comment", "Reply", "Conversation",
	"Answer", "Feedback", "UserAnnotation", "Tweet", "Mention", "Reaction", "Like", "Vote", "Rating", "Bookmark", "Follow",
	"Favorite", "Favourite", "Attachment", "Upload", "Screenshot", //nolint:misspell // People write both.
	"Log", "History", "Revision", "Audit", "Visit", "Hit", "Click",
	"Session", "Submission", "Execution", "Attempt", "Measurement", "Reading",
	"Observation", "Alert", "Incident", "Crash", "Ticket", "Signature", "Attendance", "Appointment", "Invitation", "Invite", "Ping",
	"Heartbeat", "Commit", "Bid", "Docket", "Trace", "Crawl", "Delivery", "Bounce",
	// Those of Django and of libraries that many projects use.
	"LogEntry", "SocialAccount", "EmailAddress", "OutstandingToken", "PushSubscription",
	// Orders, enrolments and what stands in lists.
	"CustomerOrder", "PurchaseOrder", "SalesOrder", "WorkOrder", "ShopOrder", "CateringOrder", "BatchOrder", "FoodOrder", "TicketOrder",
	"CourseEnrollment", "StudentEnrollment", "ClassEnrollment", "ProgramEnrollment",
	"OrderLine", "OrderItem", "CartItem", "BasketItem", "LineItem", "InvoiceItem", "FeedItem", "InboxItem",
	// Events that machines record.
	"AccessEvent", "ActivityEvent", "AlertEvent", "AnalyticsEvent", "AuditEvent", "ClickEvent", "DeliveryEvent", "DeviceEvent",
	"EmailEvent", "EnrollmentEvent", "ErrorEvent", "LogEvent", "LoginEvent", "MailEvent", "MessageEvent", "NotificationEvent",
	"OrderEvent", "PageEvent", "PaymentEvent", "SearchEvent", "SecurityEvent", "SessionEvent", "StatusEvent", "StripeEvent", "TaskEvent",
	"TrackingEvent", "UsageEvent", "UserEvent", "ViewEvent", "WebhookEvent",
}

// mostly are such words that many projects use for what people set up or describe, too: a profile is a person's or a site's, a
// document what somebody uploaded or one of ten that a club keeps. Words that half of them mean otherwise stand nowhere here: an
// event is a click in one and a conference in another, a client one of a thousand customers or one of three programs, a person
// whoever signed up or a member of a parliament.
var mostly = []string{
	"User", "Profile", "UserAccount", "CustomerAccount", "BankAccount", "Membership", "Contact", "Author", "Lead", "Line", "Voucher", "VoucherCode", "Coupon",
	"Thread", "Opinion", "Review", "Note", "Translation", "Sentence", "Registration",
	"Document", "File", "Image", "Photo", "Picture", "Video", "Audio", "Thumbnail", "Asset", "Artifact", "Recording",
	"Publication", "Paper", "Entry", "Record", "Snapshot", "Subscription", "Response", "Result", "Build", "Finding", "Violation", "Grade",
	"Address", "UserDevice", "MobileDevice", "PushDevice", "FCMDevice", "GCMDevice", "APNSDevice", "TOTPDevice", "StaticDevice", "Listing", "Offer", "Quote", "Span", "Trip", "Episode", "Song", "Blob", "Transfer", "Chunk", "ListItem",
	"NewsItem",
}

// alone are words of collected where they are the whole name. Behind another word they may be anything: an InvertOrder is one of
// animals, a CatalogueItem one of a few that somebody describes, a WorkBasket what staff work on.
var alone = []string{"User", "CustomUser", "Order", "Item", "Basket"}

// collectedIn are names of models that say so in some apps: a shop's products, an analysis' events.
var collectedIn = map[string][]string{
	"Product": append([]string{"products"}, shops...),
	"Event":   {"analytics", "tracking", "stats", "metrics", "audit", "log", "logs", "logging", "telemetry", "monitoring", "usage"},
}

// shops are names of apps that have a catalogue. One called after its products alone may describe the few of whoever runs the site.
var shops = []string{"shop", "store", "catalogue", "catalog", "product", "ecommerce", "marketplace", "inventory"}

// edited end the names of models that end in such a word too, and whose rows the editors of a site write.
var edited = []string{"PatchNote", "ReleaseNote", "WarningMessage", "ErrorMessage", "HelpMessage", "WelcomeMessage", "MessageTemplate", "FurtherReading", "BlogPost", "BlogEntry", "DictionaryEntry", "GlossaryEntry", "NewsletterItem", "PartnerImage", "SponsorImage"}

// personnel are the last words in what those are called who work for whoever runs the project: their profiles are few.
var personnel = []string{
	"Staff", "Employee", "Rep", "Manager", "Teacher", "Instructor", "Trainer", "Coach", "Doctor", "Nurse", "Therapist", "Technician", "Officer",
	"Moderator", "Editor", "Admin",
}

// configured are the last words in the names of models whose rows people set up.
var configured = []string{
	"Plugin", "Widget", "Module", "Component", "Function", "Extension", "Permission", "Schedule", "ScheduledTask",
	"ScheduledJob", "Webhook", "WebHook", "Gallery", "Storage", "Scenario", "Partner", "EnterpriseCustomer", "Organization", "Organisation", "Tenant", //nolint:misspell // People write both.
	"Project", "Team", "Facility", "Workflow", "Definition", "Environment", "Connector", "Ontology", "Channel", "Namespace",
	"Remote", "Distribution", "Policy", "Field", "Relationship", "Experiment", "Program", "Integration", "Credential", "Catalog",
	"Catalogue", "WebhookSubscription", "TenantSubscription", "Website", "Index", "Source", "App", "Application", "Hook", "Menu", "MenuItem", "Layout", "Dashboard", "Queue",
	"School", "University", "College", "Campus", "Branch", "Clinic", "Hospital", "Church", "Parish", "Municipality", "Phase", "Stage", "Status", "State", "Level", "Department", "Office", "Warehouse", "Shop", "Brand", "Tax", "Zone",
	"Workspace", "Space", "Holiday", "Skin", "Icon", "Badge", "Rule", "Schema", "Vocabulary", "Taxonomy", "Dimension", "Parameter", "Switch",
	"Campaign", "Newsletter", "Scope", "Preset", "Reason", "HelpEntry", "Metadata", "Epic", "Milestone", "Sprint", "Folder", "Tag", "Label", "GroupMember", "TeamMember", "ProjectMember",
}
