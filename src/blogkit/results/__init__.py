"""What results are made of: records that cost nothing to make, and how they show themselves."""
