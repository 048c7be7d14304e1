"""What people do, one function a deed."""
