"""Units: names of communes, districts and provinces, linked to the list of the notice's day."""
