"""The pages of analytics: dashboards, their interactive twins, and exports."""
