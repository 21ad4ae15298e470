"""Where the endpoints are."""

from django.urls import path

from tests.bench.baselines.django_app.views import OrderDetail, OrderList

urlpatterns = [
    path("api/integrations/v1/orders/", OrderList.as_view()),
    path("api/integrations/v1/orders/<str:number>/", OrderDetail.as_view()),
]
