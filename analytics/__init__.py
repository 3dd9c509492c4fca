"""What the answers say: measures, weights, disclosure, charts, dashboards and exports."""
