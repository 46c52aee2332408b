"""The addresses of the customers' pages."""

from django.urls import path

from portal.views import (
    areas,
    ask,
    consents,
    contract_documents,
    contracts,
    credentials,
    documents,
    home,
    invoices,
    line_information,
    notices,
    paying,
    profile,
    requests,
    subcontractors,
)

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("profile/", profile.profile, name="profile"),
    path("profile/payment/", paying.means, name="means"),
    path("profile/invoices/", paying.sending, name="sending"),
    # Contracts, and what is asked for about them
    path("contracts/", contracts.contracts, name="contracts"),
    path("contracts/documents/", contract_documents.contract_documents, name="contract_documents"),
    path("contracts/documents/<int:pk>.pdf", contract_documents.contract_document, name="contract_document"),
    path("contracts/consents/", consents.consents, name="consents"),
    path("contracts/consents/<int:pk>/withdraw/", consents.withdraw, name="withdraw_consent"),
    path("contracts/<slug:number>/", contracts.contract, name="contract"),
    path("contracts/<slug:number>/ask/<slug:kind>/", ask.about_contract, name="ask"),
    path("requests/", requests.requests, name="requests"),
    path("requests/new/", ask.offers, name="new_contract"),
    path("requests/new/<slug:code>/", ask.application, name="application"),
    path("requests/<slug:number>/", requests.asked, name="request"),
    path("requests/<slug:number>/papers/<int:pk>/", requests.paper, name="paper"),
    # Money
    path("invoices/", invoices.invoices, name="invoices"),
    path("invoices/<slug:number>/", invoices.invoice, name="invoice"),
    path("invoices/<slug:number>/credit/<slug:note>.pdf", invoices.credit_note_paper, name="credit_note"),
    path("invoices/<slug:number>/invoice.pdf", invoices.invoice_paper, name="invoice_paper"),
    path("invoices/<slug:number>/explain.json", invoices.invoice_explained, name="invoice_explained"),
    path("invoices/<slug:number>/<int:pk>/", invoices.invoice_line, name="invoice_line"),
    path("invoices/<slug:number>/pay/<slug:method>/", paying.pay, name="pay"),
    path("invoices/<slug:number>/orders/<int:pk>/", paying.order, name="collector_order"),
    path("payments/", invoices.payments, name="payments"),
    # What was told
    path("notices/", notices.notices, name="notices"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
    # The documents, open to everybody
    path("areas/", areas.areas, name="areas"),
    path("terms/", documents.documents, name="documents"),
    path("terms/<slug:code>/", documents.document, name="document"),
    path("terms/<slug:code>/<str:number>/", documents.article, name="article"),
    # The API on line information
    path("line-information/", line_information.line_information, name="line_information"),
    path("line-information/<slug:api_id>/users/new/", line_information.new_api_user, name="new_api_user"),
    path("line-information/<slug:api_id>/calls/", subcontractors.calls, name="api_calls"),
    path(
        "line-information/<slug:api_id>/subcontractors/new/",
        subcontractors.new_subcontractor,
        name="new_subcontractor",
    ),
    path("line-information/subcontractors/<int:pk>/end/", subcontractors.end, name="end_subcontractor"),
    path("line-information/users/<int:pk>/", line_information.api_user, name="api_user"),
    path("line-information/users/<int:pk>/change/", line_information.change, name="change_api_user"),
    path("line-information/users/<int:pk>/delete/", line_information.delete, name="delete_api_user"),
    path("line-information/users/<int:pk>/issue/", credentials.issue, name="issue_credential"),
    path("line-information/credentials/<int:pk>/rotate/", credentials.rotate, name="rotate_credential"),
    path("line-information/credentials/<int:pk>/revoke/", credentials.revoke, name="revoke_credential"),
    path("line-information/credentials/<int:pk>/report/", credentials.report, name="report_credential"),
]
