"""From results to paper and charts: what a report says, how it is drawn, how it is printed."""
