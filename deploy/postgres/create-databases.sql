-- One database a domain. Run once, when the server's volume is new.
CREATE DATABASE users;
CREATE DATABASE events;
CREATE DATABASE invitations;
CREATE DATABASE bookings;
CREATE DATABASE payments;
CREATE DATABASE marketplace;
CREATE DATABASE gallery;
CREATE DATABASE notifications;
CREATE DATABASE analytics;
