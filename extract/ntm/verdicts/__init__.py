"""What sentences say of units: the words that judge, the criteria judged, counts, and who is recognised or planned."""
